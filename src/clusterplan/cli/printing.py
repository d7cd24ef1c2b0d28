"""What the commands print, in two languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict
from unicodedata import category, east_asian_width

import click

from ..core.errors import Problem

_STEERING = ("Cc", "Cs", "Zl", "Zp")
_ON_NO_CELL = ("Mn", "Me", "Cf")


class Settings(TypedDict):
    """What the group hands to its commands."""

    database: str
    lang: str


def say(language: str, ja: str, en: str, *, error: bool = True) -> None:
    """Print a message for people."""
    click.echo(ja if language == "ja" else en, err=error)


def say_problems(
    problems: Iterable[Problem], language: str, *, name: str | None = None
) -> None:
    """Print problems, each on a line, with their place where there is one."""
    for problem in problems:
        say_problem(problem, language, name=name)


def say_problem(problem: Problem, language: str, *, name: str | None = None) -> None:
    """Print a problem on a line, with its place where there is one."""
    click.echo(problem_line(problem, language, name=name), err=True)


def problem_line(problem: Problem, language: str, *, name: str | None = None) -> str:
    """Return a problem as `file:line:column: error REASON: message [place] (rule)`."""
    message = problem.message_ja if language == "ja" else problem.message_en
    place = ":".join(
        str(p) for p in (name, problem.line, problem.column) if p is not None
    )
    where = f" [{problem.pointer}]" if problem.path else ""
    hint = hint_text(problem.hint, message)
    head = f"{place}: " if place else ""
    told = problem.rule_id is None or problem.rule_id in message
    rule = "" if told else f" ({problem.rule_id})"
    return f"{head}error {problem.reason}: {message}{where}{rule}{hint}"


def hint_text(hint: str | None, message: str) -> str:
    """Return *hint* as the end of a line, where *message* does not say it already."""
    return f"  → {hint}" if hint and hint not in message else ""


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data."""
    return {
        "code": problem.code.value,
        "reason": problem.reason,
        "messageJa": problem.message_ja,
        "messageEn": problem.message_en,
        "pointer": problem.pointer,
        "line": problem.line,
        "column": problem.column,
        "hint": problem.hint,
        "ruleId": problem.rule_id,
        "currentVersion": problem.current_version,
    }


def print_json(data: object) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_table(
    columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, as_json: bool
) -> None:
    """Print rows as a table with the headings of *columns*, or as JSON."""
    if as_json:
        print_json([dict(row) for row in rows])
        return
    lines = [list(columns.values())]
    lines += [[_cell(row[key]) for key in columns] for row in rows]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        cells = (c + " " * (w - _width(c)) for c, w in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _cell(value: object) -> str:
    """Return *value* as text on one line that cannot steer a terminal."""
    text = str(value) if value else ""
    return "".join(" " if category(char) in _STEERING else char for char in text)


def _width(text: str) -> int:
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if category(char) in _ON_NO_CELL:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
