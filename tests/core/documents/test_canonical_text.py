"""Whatever a plan says, its stored text reads back."""

from __future__ import annotations

import json
import unicodedata

import attrs
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.documents.codec import Codec, canonical_json
from clusterplan.core.identifiers import Key, PlanId
from clusterplan.core.plans import Goal, Plan
from strategies import UNHURRIED

MARKS = st.text(st.sampled_from('nt\n\t\r"\\\u0303\u3099がかa\u0301\u001f'), max_size=8)
PLAN = Plan(id=PlanId("p"), plan_type=Key("any"), title="t")


@given(MARKS)
@UNHURRIED
def test_a_mark_after_an_escape_does_not_break_the_stored_text(text: str) -> None:
    """A line end that a combining mark follows is still a line end."""
    plan = attrs.evolve(PLAN, title=text, goal=Goal(vision=text))
    read = Codec({}).plan(Codec({}).plan_text(plan))
    wanted = unicodedata.normalize("NFC", text)
    assert (read.title, read.goal) == (wanted, Goal(vision=wanted))


@given(st.dictionaries(MARKS, st.lists(MARKS), max_size=3))
@UNHURRIED
def test_canonical_json_is_json_in_nfc(data: dict[str, list[str]]) -> None:
    """Texts are in NFC, keys as well; what is composed already stays as it is."""
    read = json.loads(canonical_json(data))
    texts = [*read, *(text for texts in read.values() for text in texts)]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)
    assert canonical_json(read) == canonical_json(data)
