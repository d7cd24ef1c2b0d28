"""Departments: units inside organizations."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from .terms import Term


@frozen(kw_only=True)
class Department:
    """A unit inside an organization."""

    organization: Annotated[
        str | None, Term("組織", "Area code, ministry or bureau key, id, or a name.")
    ] = None
    unit: Annotated[
        str | None, Term("部署", "Department or section in the organization.")
    ] = None

    @property
    def label(self) -> str:
        """Organization and unit in one text."""
        return " ".join(filter(None, (self.organization, self.unit)))
