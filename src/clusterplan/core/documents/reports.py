"""Progress reports as files: a form to fill in, and reading it back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

import attrs

from ..identifiers import PartId
from ..plans import Plan
from ..reports import ProgressReport
from .cases import load_case
from .converter import native_converter
from .source import Source
from .writer import yaml_text


def load_report(source: Source) -> ProgressReport:
    """Return the report in *source*.

    Raises:
        InputError: With every problem, each with path, line and column.
    """
    return load_case(source, ProgressReport)


_NONE: Mapping[str, Plan] = MappingProxyType({})


def dump_report(
    report: ProgressReport,
    plan: Plan | None = None,
    *,
    former: Mapping[str, Plan] = _NONE,
) -> str:
    """Return *report* as YAML; reading it again gives the same report.

    Args:
        report: What to write.
        plan: Where given, a legend above tells the titles of the measures and
            indicators, so that nobody has to look up their ids.
        former: Editions by their numbers, for the legend of measures that ended.
    """
    text = yaml_text(native_converter().unstructure(report, ProgressReport))
    return "".join(_legend(report, plan, former)) + text if plan else text


def rounded(report: ProgressReport) -> ProgressReport:
    """Return *report* as people see it: shares of its grades with two places."""
    grades = (
        attrs.evolve(
            graded,
            indicators=tuple(
                attrs.evolve(
                    each,
                    attainment=each.attainment_shown,
                    completion=each.completion_shown,
                )
                for each in graded.indicators
            ),
        )
        for graded in report.grades
    )
    return attrs.evolve(report, grades=tuple(grades))


def _legend(
    report: ProgressReport, plan: Plan, former: Mapping[str, Plan]
) -> Iterator[str]:
    ended = {row.measure: row for row in report.rows if report.has_ended(row)}
    present = {row.measure for row in report.rows} - set(ended)
    yield _comment(f"進捗報告 {plan.title} {report.id}")
    yield from _titles(plan, present)
    for edition, text in former.items():
        own = {m for m, row in ended.items() if report.edition_of(row) == edition}
        if own:
            yield _comment(f"期間中に終わった施策（{edition} 版、記入は任意）")
            yield from _titles(text, own)


def _titles(plan: Plan, wanted: Collection[PartId]) -> Iterator[str]:
    titles = {i.id: (i.title, i.unit) for i in plan.indicators}
    for measure in plan.measures:
        if measure.id not in wanted:
            continue
        yield _comment(f"{measure.id} {measure.title}")
        for id_ in measure.indicators:
            title, unit = titles.get(id_, (None, None))
            yield _comment(f"  {id_} {title or ''}{f'（{unit}）' if unit else ''}")
        deadline = measure.five_w1h.deadline
        for milestone in deadline.milestones if deadline else ():
            yield _comment(f"  {milestone.id} {milestone.text} {milestone.date}")


def _comment(text: str) -> str:
    indent = len(text) - len(text.lstrip())
    return f"# {' ' * indent}{' '.join(text.split())}\n"
