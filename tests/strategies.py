"""Hypothesis strategies for plan files, made from the domain classes by annotation.

A new attribute of a domain class is covered as soon as its type is: classes, tuples,
unions and enums are taken apart, scalars come from `SCALARS`.
"""

from __future__ import annotations

import datetime as dt
import enum
import unicodedata
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cache
from itertools import count
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from clusterplan.core.areas import check_digit
from clusterplan.core.documents.forms import INTEGER_DIGITS, YEN_DIGITS
from clusterplan.core.documents.integrity import PARTS, REFERENCES
from clusterplan.core.eras import parse_date
from clusterplan.core.errors import InputError
from clusterplan.core.files import PlanFile
from clusterplan.core.history import HistoryEntry, Record
from clusterplan.core.identifiers import (
    ID_PATTERN,
    KEY_PATTERN,
    AreaCode,
    DeadlineText,
    InvestmentId,
    Key,
    PartId,
    PlanId,
    Yen,
)
from clusterplan.core.investments import Investment
from clusterplan.core.periods import FiscalHalf, FiscalYear
from clusterplan.core.plans import Plan, PolicyMeans
from clusterplan.core.plantypes import PlanType
from clusterplan.plugins.host import load_plugins

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For examples made of whole plans, on machines that are busy with other work."""
ONE_IN_THREE = st.sampled_from([False, False, True])
REALISTIC = (
    "半導体関連の事業所が両県に412、従業者18,300人（2024年、架空）。",
    "先端パッケージ部材の国内供給比率を12%から30%にする",
    "①公募 ②設計 ③着工（令和9年度～）",
    "髙﨑市・𠮷野家・葛󠄀城市の三者で検討する",
    "渋滞で貨物1便あたり40分を失い、\n増設の判断が遅れている。\n",
    "一、現状\n\n　全角の字下げのある段落。\n二、課題",
    "ﾊﾝｶｸｶﾅと全角ＡＢＣ１２３",
    "Bypass road to the plant: phase 1 (design & land)",
)
NASTY = (
    *("", " ", "　", "null", "~", "true", "no", "on", "NaN", "1e400", "0x1F", "0o17"),
    *("011002", "1_000", "12:30:45", "1.5", "-1", ".", "...", "---", "=", "<<", "!x"),
    *(
        "2027-02-29",
        "2027-03-31",
        "令和9年2月28日",
        "FY2026",
        "R8",
        "&a",
        "*a",
        "|",
        ">",
    ),
    *("- a", "a: b", "a #b", "# a", "? a", "{a: 1}", "[a]", "a, b", "%a", "@a", "`a`"),
    *(
        '"',
        "'",
        "\\",
        "\\n",
        "''",
        '""',
        "a\t b",
        "\ta",
        " a",
        "a ",
        "a\n",
        "\na",
        "\n",
    ),
    *(
        " a\n  b",
        "a \nb",
        "a\n\n\nb\n\n",
        "\n \n",
        "a\n\tb",
        "- a\n- b",
        "a\r\nb",
        "a\r",
    ),
    *(
        "\u2028a",
        "a\u2029b",
        "\u200b",
        "\u00a0",
        "\u00ad",
        "👨‍👩‍👧‍👦🇯🇵",
        "㋿元年",
        "か\u3099ga",
    ),
    *("\u0301a", "x" * 300, "語 " * 60, "長" * 200),
)
_CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Mn", "Me", "Mc"),
    exclude_characters="\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069",
)
TEXTS = st.one_of(
    st.sampled_from(REALISTIC),
    st.sampled_from(NASTY),
    st.text(_CHARACTERS | st.sampled_from("\n 、。\u3099"), max_size=12),
).map(lambda text: unicodedata.normalize("NFC", text))
"""Text as a plan holds it after reading: in NFC."""
IDS = st.one_of(
    st.sampled_from(["M-01", "IN-1", "2026", "true", "null", "1e3", "a.b_c-d"]),
    st.from_regex(ID_PATTERN, fullmatch=True),
)
KEYS = st.one_of(
    st.sampled_from(["prefecture", "ai_semiconductors", "no", "null", "y"]),
    st.from_regex(KEY_PATTERN, fullmatch=True),
)
DAYS = st.one_of(
    st.sampled_from([dt.date(2027, 3, 31), dt.date(2028, 2, 29), dt.date(2019, 4, 30)]),
    st.dates(),
)
FISCAL_YEARS = st.builds(FiscalYear, st.integers(1900, 2999))
AREA_CODES = st.one_of(
    st.sampled_from(["011002", "131211", "434043", "どこか"]),
    st.from_regex("[0-9]{5}", fullmatch=True).map(lambda c: c + check_digit(c)),
)
WHOLE_NUMBERS = st.integers(1 - 10**INTEGER_DIGITS, 10**INTEGER_DIGITS - 1)
AMOUNTS = st.one_of(
    st.sampled_from([0, 86_000_000_000, 10**YEN_DIGITS - 1]),
    st.integers(1 - 10**YEN_DIGITS, 10**YEN_DIGITS - 1),
)
DECIMALS = st.one_of(
    st.sampled_from([Decimal("1E+5"), Decimal("0.10"), Decimal("-0.0")]),
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
)


def is_possible_deadline(text: str) -> bool:
    """Tell whether *text* is no day that the calendar does not have."""
    try:
        parse_date(text)
    except InputError:
        return False
    return True


SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    PlanId: IDS,
    PartId: IDS,
    InvestmentId: IDS,
    Key: KEYS,
    AreaCode: AREA_CODES,
    DeadlineText: TEXTS.filter(is_possible_deadline),
    int: WHOLE_NUMBERS,
    Yen: AMOUNTS,
    Decimal: DECIMALS,
    bool: st.booleans(),
    dt.date: DAYS,
    FiscalYear: FISCAL_YEARS,
    FiscalHalf: st.builds(FiscalHalf, FISCAL_YEARS, st.sampled_from([1, 2])),
    NoneType: st.none(),
}


@cache
def plan_types() -> Mapping[str, PlanType]:
    """The three built-in plan types."""
    return load_plugins(entry_points=False).plan_types


@cache
def values(annotation: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of an annotation of the domain."""
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return values(arguments[0])
    if origin in (Union, UnionType):
        return st.one_of([values(a) for a in arguments])
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return st.sampled_from(annotation)
    return st.deferred(lambda: objects(annotation))


def objects(cls: Any, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for objects of an attrs class; *given* replaces attributes.

    Of the other attributes that have a default, a third is drawn and the rest keeps it:
    objects stay small, and over many examples every attribute has its turn.
    """
    hints = get_type_hints(cls, include_extras=True)
    made = {a.name: values(hints[a.name]) for a in attrs.fields(cls) if a.init} | given
    optional = {
        a.name
        for a in attrs.fields(cls)
        if a.default is not attrs.NOTHING and a.name not in given
    }
    return _filled(cls, made, optional)


@st.composite
def _filled(
    draw: st.DrawFn,
    cls: Any,
    made: Mapping[str, st.SearchStrategy[Any]],
    optional: Collection[str],
) -> Any:
    return cls(
        **{
            name: draw(strategy)
            for name, strategy in made.items()
            if name not in optional or draw(ONE_IN_THREE)
        }
    )


@st.composite
def plan_files(draw: st.DrawFn) -> PlanFile:
    """Draw a plan file of any built-in type that the loader accepts."""
    kind = plan_types()[draw(st.sampled_from(sorted(plan_types())))]
    details = st.none() | objects(kind.details) if kind.details else st.none()
    plan = _joined(
        draw(
            objects(
                Plan,
                plan_type=st.just(kind.key),
                details=details,
                investments=st.lists(IDS, unique=True, max_size=3).map(tuple),
                policy_means=st.none() | values(PolicyMeans),
            )
        )
    )
    told = [i for i in plan.investments if draw(st.booleans())]
    return PlanFile(
        plan=plan,
        investments=tuple(draw(objects(Investment, id=st.just(i))) for i in told),
        record=draw(st.none() | records(kind)),
    )


def plans() -> st.SearchStrategy[Plan]:
    """Return a strategy for plans of any built-in type."""
    return plan_files().map(lambda file: file.plan)


@st.composite
def records(draw: st.DrawFn, kind: PlanType) -> Record:
    """Draw a past that agrees with the lifecycle of *kind*."""
    states = st.sampled_from([s.key for s in kind.lifecycle.states])
    entries = draw(
        st.lists(objects(HistoryEntry, state=states), min_size=1, max_size=3)
    )
    history = tuple(sorted(entries, key=lambda entry: entry.on))
    edition = st.sampled_from(["1.0", "12.34", "d1", "d9999"])
    return Record(edition=draw(edition), source=draw(TEXTS), history=history)


def _joined(plan: Plan) -> Plan:
    """Return *plan* with ids used once, and references that lead somewhere.

    A reference that could lead nowhere is left out, with what cannot be without it.
    """
    numbers = count()
    known: dict[str, list[PartId]] = {}
    for sort, place in PARTS.items():
        known[sort] = []

        def numbered(id_: PartId, ids: list[PartId] = known[sort]) -> PartId:
            ids.append(PartId(f"{id_[:50]}-{next(numbers)}"))
            return ids[-1]

        plan = _changed_at(plan, f"{place}/id".split("/"), numbered)
    for place, sorts in REFERENCES:
        targets = [id_ for sort in sorts for id_ in known[sort]]

        def joined(id_: PartId, ids: list[PartId] = targets) -> PartId | None:
            return ids[len(id_) % len(ids)] if ids else None

        plan = _changed_at(plan, place.split("/"), joined)
    return plan


def _changed_at(part: Any, place: list[str], change: Callable[[Any], Any]) -> Any:
    """Return *part* with each value at a place changed, or without it for `None`."""
    if not place or part is None:
        return None if part is None else change(part)
    step, *rest = place
    if step == "*":
        items = (_changed_at(item, rest, change) for item in part)
        return tuple(item for item in items if item is not None)
    if step not in attrs.fields_dict(type(part)):
        return part
    inner = _changed_at(getattr(part, step), rest, change)
    needed = attrs.fields_dict(type(part))[step].default is attrs.NOTHING
    return None if needed and inner is None else attrs.evolve(part, **{step: inner})
