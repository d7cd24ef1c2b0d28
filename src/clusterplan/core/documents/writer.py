"""Writing plan files: YAML that is pleasant to read, or JSON."""

from __future__ import annotations

import json
from typing import Any, Literal

import attrs
import yaml

from ..files import PlanFile
from ..plans import PlanDetails, RawDetails
from .converter import native_converter, stored_converter

_SHORT = 72


def dump_plan_file(file: PlanFile, syntax: Literal["yaml", "json"] = "yaml") -> str:
    """Return *file* as text; reading it again gives the same plan file."""
    if syntax == "json":
        data = plan_file_data(file, native_days=False)
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return yaml_text(plan_file_data(file, native_days=True))


def yaml_text(data: object) -> str:
    """Return plain *data* as YAML that is pleasant to read, keys in their order."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=88
    )


def plan_file_data(file: PlanFile, *, native_days: bool) -> dict[str, Any]:
    """Return *file* as plain data, in the order of the attributes."""
    converter = native_converter() if native_days else stored_converter()
    bare = attrs.evolve(file.plan, investments=(), details=None)
    data: dict[str, Any] = converter.unstructure(bare)
    if file.plan.investments:
        told = file.defined()
        data["investments"] = [
            converter.unstructure(told[i]) if i in told else {"ref": i}
            for i in file.plan.investments
        ]
    if file.plan.details is not None:
        data["details"] = _details(file.plan.details, converter)
    if file.record is not None:
        data["record"] = converter.unstructure(file.record)
    return data


def _details(details: PlanDetails, converter: Any) -> Any:
    if isinstance(details, RawDetails):
        return dict(details.document)
    return converter.unstructure(details)


class _Dumper(yaml.SafeDumper):
    """Short mappings and lists on one line, long texts as blocks, lists indented."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Write each value where it belongs, even where one object stands twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)

    def represent_mapping(
        self,
        tag: str,
        mapping: Any,
        flow_style: bool | None = None,  # noqa: FBT001
    ) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = _is_short(mapping) and len(mapping) <= 5  # noqa: PLR2004
        return node

    def represent_sequence(
        self,
        tag: str,
        sequence: Any,
        flow_style: bool | None = None,  # noqa: FBT001
    ) -> yaml.SequenceNode:
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = _is_short(sequence)
        return node


def _is_short(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value
    if any(
        isinstance(item, dict | list | tuple) or "\n" in str(item) for item in items
    ):
        return False
    return len(str(value)) <= _SHORT


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)
