"""Makes the page on what the sources ask for, and where it is in the code."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import ModuleType

from attrs import frozen

from clusterplan.plugins.builtin import MODULES
from clusterplan.plugins.host import Plugins
from page_parts import MADE, ROOT, cell, link, source_of, table
from trace_tables import (
    Requirement,
    Status,
    Target,
    TargetKind,
    Trace,
    read_open,
    read_requirements,
    read_traces,
)

SOURCES = {
    "003": "政策パッケージ / Policy package (003)",
    "000": "九州経済産業局の連携自治体の募集 / Kyushu bureau's call for partners (000)",
    "001": "論点メモ / Memo on local industry (001)",
    "002": "関東経済産業局の公表資料 / Kanto bureau's pages (002)",
    "004": "東京都の地域産業活性化計画の概要 / Tokyo's approved plans (004)",
}
_HEAD = ("id", "phrase", "term", "placed", "where in the code", "test")
_REFERENCE = ROOT / "src/clusterplan/reference"
_IN_FILES = {
    "cross_cutting_support": "measure_categories",
    "example_measures": "measure_categories",
}
"""Lists that are read from the file of another one."""
_INTRODUCTION = """\
# What the sources ask for, and where it is

{count} phrases of five texts, each with the place in the code that answers it and the test
that proves it. The tables behind this page are `trace/requirements.csv`,
`trace/trace.csv` and `trace/later.csv`; `tests/docs/test_trace.py` fails where a place or
a test does not exist, a value does not come back from the store by name in Python and in
GraphQL, or more is left for later than before.

| answered by | rows | of these in part |
|---|---|---|
{counts}
*Later* is what is not there yet, *in part* where something of it is missing; both say what.
"""


@frozen(kw_only=True)
class Places:
    """Finds the files that targets lead to."""

    plugins: Plugins
    contributed: ModuleType | None

    def links(self, targets: Iterable[Target]) -> Iterator[str]:
        """Yield a link to where each of *targets* is, entries of a list together."""
        for (kind, name, file), group in groupby(targets, self._place):
            parts = ", ".join(f"`{t.part}`" for t in group if t.part)
            if file is None:
                yield f"[{name}](rules.md#{name.lower()})"
            else:
                label = link(f"`{Target(kind, name)}`", file)
                yield f"{label}: {parts}" if parts else label

    def _place(self, target: Target) -> tuple[TargetKind, str, Path | None]:
        file = None if target.kind is TargetKind.RULE else self._file(target)
        return target.kind, target.name, file

    def _file(self, target: Target) -> Path:
        if target.kind is TargetKind.CODE:
            return _code_file(target.name)
        if target.kind is TargetKind.LIST:
            return self._list_file(target)
        if target.kind is TargetKind.SAMPLE:
            return self._package / "plans" / target.name
        modules = dict(MODULES)
        name = self.plugins.plan_types[target.name].plugin
        known = name in modules
        return source_of(modules[name]) if known else self._package / "plan_type.py"

    def _list_file(self, target: Target) -> Path:
        added = (
            entry.code
            for each in self.plugins.reference_lists
            for entry in each.entries
            if each.key == target.name
        )
        if target.part in set(added):
            return self._package / "reference_lists.py"
        name = _IN_FILES.get(target.name, target.name)
        typed = _REFERENCE / f"{name}.csv"
        return typed if typed.exists() else _REFERENCE / "lists" / f"{name}.csv"

    @property
    def _package(self) -> Path:
        if self.contributed is None:
            raise ModuleNotFoundError("the package of Tokyo is not installed")
        return source_of(self.contributed).parent


def requirements_page(places: Places) -> str:
    """Return the page, by source and heading."""
    requirements, open_ = read_requirements(), read_open()
    traces = {trace.id: trace for trace in read_traces()}
    parts = [MADE, _introduction(traces, open_)]
    for source, group in groupby(requirements, key=lambda r: r.source):
        parts.append(f"## {SOURCES[source]}\n")
        for section, rows in groupby(group, key=lambda r: r.section):
            if section:
                parts.append(f"### {section}\n")
            cells = (_row(r, traces[r.id], places, open_) for r in rows)
            parts.append(table(_HEAD, cells))
    return "\n".join(parts)


def _introduction(traces: Mapping[str, Trace], open_: Mapping[str, str]) -> str:
    counts = Counter(t.status for t in traces.values())
    partly = Counter(t.status for t in traces.values() if t.id in open_)
    del partly[Status.LATER]
    rows = "".join(
        f"| {status.value} | {counts[status]} | {partly[status] or ''} |\n"
        for status in Status
    )
    return _INTRODUCTION.format(count=len(traces), counts=rows)


def _row(
    requirement: Requirement, trace: Trace, places: Places, open_: Mapping[str, str]
) -> Iterator[str]:
    yield requirement.id
    yield cell(requirement.phrase)
    yield cell(requirement.term)
    yield requirement.placement
    yield "<br>".join(_answer(trace, places, open_))
    yield "<br>".join(map(_test, trace.tests))


def _answer(trace: Trace, places: Places, open_: Mapping[str, str]) -> Iterator[str]:
    if trace.status is Status.NONE:
        yield "left out on purpose"
    elif trace.status is Status.LATER:
        yield f"*later*: {cell(trace.reason)}"
    else:
        yield from places.links(trace.targets)
        if trace.id in open_:
            yield f"*in part*: {cell(open_[trace.id])}"


def _test(node: str) -> str:
    path, _, function = node.partition("::")
    return link(f"`{function}`", ROOT / path)


def _code_file(name: str) -> Path:
    words = name.split(".")
    first = next(n for n, word in enumerate(words) if word[:1].isupper())
    module = ".".join(words[:first])
    inside = words[0] in {"core", "plugins", "api"}
    found = importlib.import_module(f"clusterplan.{module}" if inside else module)
    return source_of(found)
