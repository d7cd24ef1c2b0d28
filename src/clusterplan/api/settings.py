"""Settings of the server, each with its default."""

from __future__ import annotations

from attrs import field, frozen

from .limits import Limits


@frozen(kw_only=True)
class ApiSettings:
    """How the API is served.

    Attributes:
        ide: Whether browsers that visit `/graphql` get GraphiQL.
        is_open: Whether clients may ask for the schema: introspection, suggestions in
            messages, GraphiQL and `/schema.graphql`. One switch closes all four.
        limits: What a request may ask for.
    """

    ide: bool = False
    is_open: bool = True
    limits: Limits = field(factory=Limits)
