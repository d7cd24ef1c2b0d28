"""Every refusal of every mutation points into the input that was sent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from strawberry.utils.str_converters import to_camel_case

from clusterplan.api.commands import MUTATIONS
from clusterplan.core import actors
from refusals_of_cases import OF_CASES
from refusals_of_plans import OF_PLANS
from sent import events_in, send
from served import Served
from stages import Text

REFUSALS = (*OF_PLANS, *OF_CASES)
QUOTING = ("MISSING_KEY",)
"""What names a key: that of a document."""
KEYS = [
    str(value)
    for name, value in vars(actors).items()
    if name.isupper() and isinstance(value, str)
]


def completed(served: Served, name: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Return an input with its plan file, and the step and version that it needs."""
    sent = dict(sent)
    if isinstance(sent.get("document"), Text):
        sent["document"] = sent["document"].of(served)
    if name == "takeStep":
        sent.setdefault("step", "send_back")
    if name == "settleComment":
        sent.setdefault("expectedVersion", 2)
    return sent


@pytest.mark.parametrize(
    ("name", "by", "sent", "reason", "place"),
    REFUSALS,
    ids=[f"{name}-{reason}" for name, _, _, reason, _ in REFUSALS],
)
def test_a_refusal_points_into_the_input(
    stage: Served, name: str, by: str, sent: dict[str, Any], reason: str, place: str
) -> None:
    """By the names of the input, in words without keys; nothing is written."""
    before = events_in(stage.store)
    done = send(stage, name, by=by, **completed(stage, name, sent))
    told = [(p["reason"], "/".join(p["path"])) for p in done["problems"]]
    assert (reason, place) in told
    for problem in done["problems"]:
        quotes_a_key = problem["reason"] in QUOTING
        assert quotes_a_key or not KEY.search(problem["messageJa"]), problem
        assert ": -" not in problem["messageEn"]
    assert events_in(stage.store) == before


def test_every_mutation_is_refused_somewhere() -> None:
    """The table leaves none of them out."""
    names = {to_camel_case(mutation.name) for mutation in MUTATIONS}
    assert {name for name, *_ in REFUSALS} == names


KEY = re.compile(
    rf"(?<![a-z_])({'|'.join(KEYS)}|submit_[a-z_]+|send_back|abandon)(?![a-z_])"
)
"""Keys of kinds of actor, offices and steps, which no Japanese message has."""
