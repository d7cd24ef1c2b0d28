"""The small chart of an indicator: nothing is drawn outside of the paper."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import attrs
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.identifiers import PartId
from clusterplan.core.indicators import DatedValue, Indicator, Interpolation
from clusterplan.core.services.picturing import PicturedIndicator
from clusterplan.pictures.chart import chart
from clusterplan.pictures.words import Words

JA, EN = Words("ja"), Words("en")
AS_OF = dt.date(2026, 9, 30)


def at(day: str, value: str) -> DatedValue:
    """Return a value on a day."""
    return DatedValue(date=dt.date.fromisoformat(day), value=Decimal(value))


INDICATOR = PicturedIndicator(
    indicator=Indicator(id=PartId("IN-1"), title="輸出額", title_en="Exports"),
    course=(
        at("2025-03-31", "4200"),
        at("2028-03-31", "5200"),
        at("2030-03-31", "6000"),
    ),
    actuals=(at("2026-03-31", "4300"), at("2026-09-30", "4250")),
    as_of=AS_OF,
    actual=Decimal(4250),
    expected=Decimal(4700),
    observed=None,
    grade=None,
)


def drawn(pictured: PicturedIndicator, words: Words = JA) -> ET.Element:
    """Return the chart, read back."""
    markup = chart(pictured, words)
    assert markup is not None
    return ET.fromstring(markup.text)  # noqa: S314 - our own text


def kinds(picture: ET.Element) -> list[str]:
    """Return the classes of all that is drawn, in order."""
    return [each.attrib["class"] for each in picture if "class" in each.attrib]


def texts(picture: ET.Element, class_: str) -> list[str | None]:
    """Return the labels of a class."""
    return [t.text for t in picture.iter("text") if t.attrib["class"] == class_]


def test_a_chart_shows_baseline_milestones_target_and_what_came() -> None:
    """Each with a mark of its own, and the newest value in numbers."""
    picture = drawn(INDICATOR)
    found = kinds(picture)
    for mark, count in (
        ("expected", 1),
        ("planned", 2),
        ("target", 1),
        ("held-against", 1),
        ("actual", 1),
        ("actual-point", 2),
    ):
        assert found.count(mark) == count, mark
    assert texts(picture, "planned-value") == ["4,200", "6,000"]
    assert texts(picture, "actual-value") == ["4,250"]
    assert texts(picture, "day") == ["基準日 2026-09-30", "2025-03-31", "2030-03-31"]
    assert picture.findtext("title") == "輸出額の推移"
    assert drawn(INDICATOR, EN).findtext("title") == "Course of Exports"


def test_a_value_beyond_what_is_expected_is_labelled_above_its_point() -> None:
    """One below it is labelled below."""

    def label(value: str) -> float:
        told = attrs.evolve(INDICATOR, actuals=(at("2026-09-30", value),))
        picture = drawn(told)
        (point,) = (c for c in picture if c.attrib.get("class") == "actual-point")
        (text,) = (c for c in picture if c.attrib.get("class") == "actual-value")
        return float(text.attrib["y"]) - float(point.attrib["cy"])

    assert label("4250") > 0 > label("5000")


def test_what_comes_at_once_is_drawn_as_steps() -> None:
    """The line stays at a point until the day of the next one."""
    indicator = attrs.evolve(INDICATOR.indicator, interpolation=Interpolation.STEP)
    picture = drawn(attrs.evolve(INDICATOR, indicator=indicator))
    (line,) = (c for c in picture if c.attrib.get("class") == "expected")
    assert len(line.attrib["points"].split()) == 5


def test_without_a_course_only_values_are_drawn_and_without_any_nothing() -> None:
    """An indicator may have neither baseline nor target."""
    bare = attrs.evolve(INDICATOR, course=(), expected=None)
    found = kinds(drawn(bare))
    assert ("actual-point" in found, "target" in found) == (True, False)
    assert "held-against" not in found
    assert chart(attrs.evolve(bare, actuals=()), JA) is None


def test_a_hostile_title_stays_a_text() -> None:
    """It is what screen readers say."""
    title = "</title><script>alert(1)</script>"
    indicator = attrs.evolve(INDICATOR.indicator, title=title)
    picture = drawn(attrs.evolve(INDICATOR, indicator=indicator))
    assert picture.findtext("title") == f"{title}の推移"


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2)
days = st.dates(dt.date(1900, 1, 1), dt.date(2999, 12, 31))
values = st.builds(DatedValue, date=days, value=numbers)


@given(
    course=st.lists(values, max_size=4),
    actuals=st.lists(values, max_size=4),
    as_of=days,
    expected=st.none() | numbers,
)
def test_everything_lies_on_the_paper(
    course: list[DatedValue],
    actuals: list[DatedValue],
    as_of: dt.date,
    expected: Decimal | None,
) -> None:
    """Whatever the values are."""
    pictured = attrs.evolve(
        INDICATOR,
        course=tuple(course),
        actuals=tuple(actuals),
        as_of=as_of,
        expected=expected,
    )
    if not (course or actuals):
        assert chart(pictured, JA) is None
        return
    picture = drawn(pictured)
    wide, high = (float(n) for n in picture.attrib["viewBox"].split()[2:])
    for each in picture.iter():
        drawn_at = [float(n) for n in re.findall(r"-?[\d.]+", each.attrib.get("d", ""))]
        assert all(0 <= n <= max(wide, high) for n in drawn_at)
        for key in ("x", "cx", "x1", "x2"):
            assert 0 <= float(each.attrib.get(key, 0)) <= wide
        for key in ("y", "cy", "y1", "y2"):
            assert 0 <= float(each.attrib.get(key, 0)) <= high
