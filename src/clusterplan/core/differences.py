"""Differences between two texts of a plan: what came, what went, what changed.

Parts are compared by their ids, wherever they stand: to move one in its list changes
nothing. Nothing is weighed here but what is marked, such as a target that is lowered:
whether it is a good change is for those to say who read it.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, get_type_hints

import attrs
from attrs import field, frozen

from .actors import Actor
from .courses import direction_of
from .errors import Path, pointer
from .identifiers import InvestmentId, Key
from .indicators import DatedValue, Direction, Indicator, MaintainKind
from .investments import Investment
from .measures import Measure
from .periods import FiscalHalf, FiscalYear
from .plans import Plan
from .terms import Term, TermEnum, term_of

PLAN = Key("plan")
"""Sort of what belongs to no part: title, region, goal, path and the like."""
INVESTMENT = Key("investment")
_AS_TEXT = (Actor, FiscalYear, FiscalHalf)
"""Classes whose values are written as one text."""
_CAPITAL = re.compile("(?<!^)(?=[A-Z])")

Told = Mapping[InvestmentId, Investment]


class ChangeMark(TermEnum):
    """A change that readers should not overlook.

    A target is lowered where it asks for less than before, which is a greater number
    where less is better; to take a target away lowers it, and postpones it.
    """

    TARGET_LOWERED = (
        "target_lowered",
        "目標値の引下げ",
        "A target asks for less than before.",
    )
    TARGET_POSTPONED = (
        "target_postponed",
        "目標時期の延期",
        "A target is to be reached later.",
    )
    BASELINE_CHANGED = (
        "baseline_changed",
        "基準値の変更",
        "What a target is counted from is another value.",
    )
    BUDGET_RAISED = "budget_raised", "予算の増額", "A measure gets more money."
    BUDGET_LOWERED = "budget_lowered", "予算の減額", "A measure gets less money."
    DEADLINE_MOVED = "deadline_moved", "期限の変更", "A measure has another deadline."
    REGION_CHANGED = (
        "region_changed",
        "対象地域の変更",
        "The plan covers another region.",
    )


@frozen(kw_only=True)
class AttributeChange:
    """An attribute that is another one than before, as text."""

    path: Annotated[
        str,
        Term(
            "項目",
            "JSON pointer from the part on; items that have an id stand by their id.",
        ),
    ]
    label: Annotated[str, Term("項目名", "Its name in Japanese, outermost first.")]
    before: Annotated[str | None, Term("変更前", "Nothing where it was not told.")] = (
        None
    )
    after: Annotated[str | None, Term("変更後", "Nothing where it is not told.")] = None


@frozen(kw_only=True)
class PlanPart:
    """A part of a plan that is there in one of two texts only."""

    sort: Annotated[Key, Term("種別", "Such as `measure`, `indicator`, `investment`.")]
    id: Annotated[str, Term("ID", "Id of the part.")]
    title: Annotated[
        str | None, Term("名称", "What it is called, where it has a name.")
    ]
    pointer: Annotated[
        str, Term("箇所", "JSON pointer to it in the text it stands in.")
    ]


@frozen(kw_only=True)
class ChangedPart:
    """A part of a plan that is in both of two texts, and not the same."""

    sort: Annotated[Key, Term("種別", "Such as `measure`; `plan` for the plan itself.")]
    id: Annotated[str, Term("ID", "Id of the part.")]
    title: Annotated[str | None, Term("名称", "What it is called in the newer text.")]
    pointer: Annotated[str, Term("箇所", "JSON pointer to it in the newer text.")]
    changes: Annotated[
        tuple[AttributeChange, ...], Term("変更点", "Attributes that changed.")
    ]
    marks: Annotated[
        tuple[ChangeMark, ...], Term("注意点", "What readers should not overlook.")
    ] = ()


@frozen(kw_only=True)
class PlanDifference:
    """What differs between two texts of a plan, in the order of the texts."""

    added: Annotated[
        tuple[PlanPart, ...], Term("追加", "Parts of the newer text.")
    ] = ()
    removed: Annotated[
        tuple[PlanPart, ...], Term("廃止", "Parts of the older text.")
    ] = ()
    changed: Annotated[
        tuple[ChangedPart, ...], Term("変更", "Parts of both that are not the same.")
    ] = ()

    @property
    def marks(self) -> tuple[ChangeMark, ...]:
        """All that readers should not overlook, each once."""
        found = {mark for part in self.changed for mark in part.marks}
        return tuple(mark for mark in ChangeMark if mark in found)

    @property
    def is_empty(self) -> bool:
        """Whether the texts say the same."""
        return not (self.added or self.removed or self.changed)


def compare(
    before: Plan,
    after: Plan,
    told_before: Told | None = None,
    told_after: Told | None = None,
) -> PlanDifference:
    """Return what differs between two texts of a plan.

    Args:
        before: The older text.
        after: The newer text.
        told_before: Investments of the older text. Those that are not among them are
            not told of; without any of this, investments are compared by id alone.
        told_after: Investments of the newer text.
    """
    old, new = _parts(before, told_before), _parts(after, told_after)
    return PlanDifference(
        added=tuple(new[key].shown for key in new if key not in old),
        removed=tuple(old[key].shown for key in old if key not in new),
        changed=tuple(
            changed
            for key in new
            if key in old
            for changed in _changed(old[key], new[key])
        ),
    )


def parts_of(plan: Plan) -> Mapping[str, PlanPart]:
    """Return the parts of *plan* by id, without its investments."""
    return {part.id: part.shown for part in _walk(plan, ())}


@frozen(kw_only=True)
class _Part:
    """A part where it stands, with its value and all that it says of itself."""

    sort: Key
    id: str
    place: Path
    value: Any = field(repr=False)

    @property
    def title(self) -> str | None:
        names = ("title", "occupation", "text")
        told = (getattr(self.value, name, None) for name in names)
        return next((text for text in told if text), None)

    @property
    def shown(self) -> PlanPart:
        return PlanPart(
            sort=self.sort, id=self.id, title=self.title, pointer=pointer(self.place)
        )


@frozen
class _Leaf:
    """An attribute that is told, as text."""

    labels: tuple[str, ...]
    text: str


def _parts(plan: Plan, told: Told | None) -> dict[tuple[str, str], _Part]:
    found = [_Part(sort=PLAN, id=plan.id, place=(), value=plan), *_walk(plan, ())]
    for position, id_ in enumerate(plan.investments):
        if told is None or id_ in told:
            place = ("investments", position)
            value = None if told is None else told[id_]
            found.append(_Part(sort=INVESTMENT, id=id_, place=place, value=value))
    return {(part.sort, part.id): part for part in found}


def _walk(value: Any, place: Path) -> Iterator[_Part]:
    """Yield the parts inside *value*; what is inside a part belongs to it."""
    for attribute in attrs.fields(type(value)):
        inner, path = getattr(value, attribute.name), (*place, _key(attribute.name))
        if _is_object(inner):
            yield from _walk(inner, path)
        elif isinstance(inner, tuple):
            yield from (
                _Part(sort=_sort(type(item)), id=item.id, place=(*path, n), value=item)
                for n, item in enumerate(inner)
                if _is_part(item)
            )


def _changed(old: _Part, new: _Part) -> Iterator[ChangedPart]:
    if old.value is None or new.value is None:
        return
    changes = tuple(_changes(_leaves(old), _leaves(new)))
    if changes:
        yield ChangedPart(
            sort=new.sort,
            id=new.id,
            title=new.title,
            pointer=pointer(new.place),
            changes=changes,
            marks=tuple(_marks(old.value, new.value)),
        )


def _changes(
    before: Mapping[Path, _Leaf], after: Mapping[Path, _Leaf]
) -> Iterator[AttributeChange]:
    for path in (*after, *(path for path in before if path not in after)):
        old, new = before.get(path), after.get(path)
        leaf = new or old
        if leaf is not None and (old is None or new is None or old.text != new.text):
            yield AttributeChange(
                path=pointer(path),
                label="／".join(leaf.labels),
                before=old.text if old else None,
                after=new.text if new else None,
            )


def _leaves(part: _Part) -> dict[Path, _Leaf]:
    """Return what a part says of itself; the plan, without its parts."""
    parts_apart = part.sort == PLAN
    found: dict[Path, _Leaf] = {}

    def told(value: Any, path: Path, labels: tuple[str, ...]) -> None:
        if _is_object(value):
            inside(value, path, labels)
        elif isinstance(value, tuple) and any(map(_is_object, value)):
            for position, item in enumerate(value):
                if _is_part(item) and parts_apart:
                    continue
                step = item.id if _is_part(item) else position
                inside(item, (*path, step), labels, without=("id",))
        elif value is not None and value != ():
            found[path] = _Leaf(labels, _text(value))

    def inside(
        value: Any, path: Path, labels: tuple[str, ...], without: tuple[str, ...] = ()
    ) -> None:
        for name, label in _labels(value.__class__).items():
            if name not in without:
                told(getattr(value, name), (*path, _key(name)), (*labels, label))

    inside(part.value, (), (), without=("id", "investments"))
    return found


def _marks(old: Any, new: Any) -> Iterator[ChangeMark]:
    if isinstance(old, Indicator) and isinstance(new, Indicator):
        yield from _marks_of_indicators(old, new)
    elif isinstance(old, Measure) and isinstance(new, Measure):
        if old.budget_total != new.budget_total:
            raised = new.budget_total > old.budget_total
            yield ChangeMark.BUDGET_RAISED if raised else ChangeMark.BUDGET_LOWERED
        deadlines = (old.five_w1h.deadline, new.five_w1h.deadline)
        if len({d.due_on if d else None for d in deadlines}) > 1:
            yield ChangeMark.DEADLINE_MOVED
    elif isinstance(old, Plan) and set(old.region) != set(new.region):
        yield ChangeMark.REGION_CHANGED


def _marks_of_indicators(old: Indicator, new: Indicator) -> Iterator[ChangeMark]:
    nowhere = DatedValue()
    before, after = old.target or nowhere, new.target or nowhere
    if before.value is not None and _is_lower(old, before.value, after.value):
        yield ChangeMark.TARGET_LOWERED
    if before.date is not None and (after.date is None or after.date > before.date):
        yield ChangeMark.TARGET_POSTPONED
    if (old.baseline or nowhere) != (new.baseline or nowhere):
        yield ChangeMark.BASELINE_CHANGED


def _is_lower(old: Indicator, before: Decimal, after: Decimal | None) -> bool:
    """Tell whether a target asks for less than before; what is taken away does."""
    if after is None:
        return True
    direction = direction_of(old)
    at_most = direction is Direction.MAINTAIN and old.maintain is MaintainKind.AT_MOST
    if at_most or direction is Direction.DECREASE:
        return after > before
    return after < before


def _is_object(value: Any) -> bool:
    return attrs.has(type(value)) and not isinstance(value, _AS_TEXT)


def _is_part(value: Any) -> bool:
    return _is_object(value) and hasattr(value, "id")


@cache
def _labels(cls: type) -> dict[str, str]:
    """Return the Japanese name of each attribute of a class, or else its key."""
    terms = {
        name: term_of(hint)
        for name, hint in get_type_hints(cls, include_extras=True).items()
    }
    named = ((a.name, terms.get(a.name)) for a in attrs.fields(cls))
    return {name: term.ja if term else _key(name) for name, term in named}


def _sort(cls: type) -> Key:
    return Key(_CAPITAL.sub("_", cls.__name__).lower())


def _key(name: str) -> str:
    """Return the document key of an attribute: `from` for `from_`."""
    return name.removesuffix("_")


def _text(value: Any) -> str:
    """Return a value as text: the same for the same value, however it was written."""
    if isinstance(value, tuple):
        return "、".join(map(_text, value))
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return str(value)


def _plain(number: Decimal) -> str:
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
