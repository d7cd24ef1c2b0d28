"""Progress reports as files: a form to fill in, and reading it back."""

from __future__ import annotations

from collections.abc import Iterator

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


def dump_report(report: ProgressReport, plan: Plan | None = None) -> str:
    """Return *report* as YAML; reading it again gives the same report.

    Args:
        report: What to write.
        plan: Where given, a legend above tells the titles of the measures and
            indicators, so that nobody has to look up their ids.
    """
    text = yaml_text(native_converter().unstructure(report, ProgressReport))
    return "".join(_legend(report, plan)) + text if plan else text


def _legend(report: ProgressReport, plan: Plan) -> Iterator[str]:
    titles = {i.id: (i.title, i.unit) for i in plan.indicators}
    wanted = {row.measure for row in report.rows}
    yield _comment(f"進捗報告 {plan.title} {report.id}")
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
