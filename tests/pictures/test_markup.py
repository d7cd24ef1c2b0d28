"""Markup in which no text of anybody becomes markup."""

from __future__ import annotations

import html
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from clusterplan.pictures.markup import Markup, element, escaped, joined


@given(st.text(), st.text())
def test_any_text_stays_a_text(child: str, value: str) -> None:
    """As a child and as the value of an attribute."""
    text = element("p", child, title=value).text
    assert text.count("<") == 2
    assert text.count('"') == 2
    assert html.unescape(escaped(child)) in html.unescape(text)


def test_markup_inside_of_markup_is_kept() -> None:
    """Nothing is escaped twice, and nothing stands for a child that is not there."""
    inner = element("b", "1 < 2")
    assert element("p", inner, None, "&").text == "<p><b>1 &lt; 2</b>&amp;</p>"
    assert joined(("a", None, Markup("<br/>"))).text == "a<br/>"


def test_names_of_attributes_are_those_of_html() -> None:
    """Without those that have no value; what is empty is closed at once."""
    drawn = element("line", x1=0, stroke_width=1.5, class_="axis", title=None)
    assert drawn.text == '<line x1="0" stroke-width="1.5" class="axis"/>'


def test_what_steers_a_reader_is_left_out() -> None:
    """Controls, and marks that would show a text in another order."""
    assert escaped("a\x00\x1b[31mb\u202ec\u2066d\n") == "a[31mbcd\n"
    assert escaped("か\u3099🏭") == "か\u3099🏭"


def test_a_page_of_elements_can_be_read_back() -> None:
    """What is written is well-formed."""
    text = element("div", element("p", "<&>\"'"), element("path", d="M0,0")).text
    assert "".join(ET.fromstring(text).itertext()) == "<&>\"'"  # noqa: S314
