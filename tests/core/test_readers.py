"""Who may see texts that are not public, and withheld investments."""

from __future__ import annotations

import pytest

from clusterplan.core.actors import HEAD, LOCAL_GOVERNMENT, LOCAL_OPERATOR, Actor
from clusterplan.core.identifiers import InvestmentId, Key
from clusterplan.core.investments import Investment
from clusterplan.core.readers import ANONYMOUS, LOCAL, DraftAccess, Reader

OWNER = Actor.parse("prefecture:430005")
OPEN = Investment(id=InvestmentId("open"), title="公表", owner=OWNER)
WITHHELD = Investment(
    id=InvestmentId("withheld"), title="非公表", owner=OWNER, withheld=True
)
OWNED_BY_NOBODY = Investment(id=InvestmentId("nobody"), title="不明", withheld=True)


@pytest.mark.parametrize(
    ("who", "access"),
    [
        (None, DraftAccess()),
        ("public:any", DraftAccess()),
        ("operator:local", DraftAccess(everything=True)),
        ("cabinet_secretariat:cas", DraftAccess(everything=True)),
        ("meti:meti", DraftAccess(everything=True)),
        (
            "regional_bureau:kyushu",
            DraftAccess(
                body_code="kyushu",
                body_kinds=(Key("regional_bureau"),),
                of_bureaus=True,
            ),
        ),
        (
            "municipality:172049",
            DraftAccess(body_code="172049", body_kinds=(*LOCAL_GOVERNMENT, HEAD)),
        ),
        (
            "ministry:mlit",
            DraftAccess(
                body_code="mlit", body_kinds=(Key("ministry"),), of_bureaus=True
            ),
        ),
        (
            "prefecture:430005",
            DraftAccess(body_code="430005", body_kinds=(*LOCAL_GOVERNMENT, HEAD)),
        ),
        (
            "head_of_local_government:430005",
            DraftAccess(body_code="430005", body_kinds=(*LOCAL_GOVERNMENT, HEAD)),
        ),
    ],
)
def test_drafts_are_seen_by_the_state_and_by_the_bodies_that_they_involve(
    who: str | None, access: DraftAccess
) -> None:
    """What an office may see follows from its kind and code alone."""
    assert Reader(actor=Actor.parse(who) if who else None).drafts == access


@pytest.mark.parametrize(
    ("who", "ids"),
    [
        (None, ["open"]),
        ("public:any", ["open"]),
        ("prefecture:410004", ["open"]),
        ("head_of_local_government:430005", ["open", "withheld"]),
        ("regional_bureau:kyushu", ["open"]),
        ("prefecture:430005", ["open", "withheld"]),
        ("operator:local", ["open", "withheld", "nobody"]),
        ("meti:meti", ["open", "withheld", "nobody"]),
    ],
)
def test_withheld_investments_are_seen_by_their_owner_and_the_state(
    who: str | None, ids: list[str]
) -> None:
    """The owner is a body; its head is of it."""
    reader = Reader(actor=Actor.parse(who) if who else None)
    found = reader.visible([OPEN, WITHHELD, OWNED_BY_NOBODY])
    assert [investment.id for investment in found] == ids


def test_two_readers_have_names() -> None:
    """Anybody, and whoever sits at the machine."""
    assert ANONYMOUS.actor is None
    assert LOCAL.actor == LOCAL_OPERATOR
