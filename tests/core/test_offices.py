"""Offices are called by their names; a code stands in for an unknown one."""

from __future__ import annotations

import pytest

from clusterplan.core import actors
from clusterplan.core.actors import Actor
from clusterplan.core.offices import kind_name, names_of, office_name


@pytest.mark.parametrize(
    ("actor", "ja", "en"),
    [
        ("meti:meti", "経済産業省", "Ministry of Economy, Trade and Industry"),
        ("cabinet_secretariat:cas", "内閣官房", "Cabinet Secretariat"),
        ("operator:local", "運用者", "Operator"),
        ("prefecture:150002", "新潟県", "Niigata"),
        ("head_of_local_government:150002", "新潟県知事", "Governor of Niigata"),
        (
            "head_of_local_government:131211",
            "東京都足立区長",
            "Mayor of Adachi-ku, Tokyo",
        ),
        ("municipality:012025", "北海道函館市", "Hakodate-shi, Hokkaido"),
        (
            *("regional_bureau:kyushu", "九州経済産業局"),
            "Kyushu Bureau of Economy, Trade and Industry",
        ),
        (
            "ministry:maff",
            "農林水産省",
            "Ministry of Agriculture, Forestry and Fisheries",
        ),
    ],
)
def test_an_office_has_a_name_in_two_languages(actor: str, ja: str, en: str) -> None:
    """That of the reference lists; a head is called by the title of the office."""
    name = office_name(Actor.parse(actor))
    assert (name.ja, name.en) == (ja, en)


@pytest.mark.parametrize(
    ("actor", "ja"),
    [
        ("prefecture:999999", "都道府県（999999）"),
        ("municipality:999999", "市町村（999999）"),
        ("head_of_local_government:999999", "首長（999999）"),
        ("regional_bureau:moon", "地方経済産業局（moon）"),
        ("ministry:moon", "関係省庁（moon）"),
        ("union_of_local_governments:kansai", "地方公共団体の組合（kansai）"),
        ("guild:osaka", "guild（osaka）"),
    ],
)
def test_an_office_that_no_list_knows_has_its_kind_and_code(
    actor: str, ja: str
) -> None:
    """A kind of a plugin is called by its key."""
    name = office_name(Actor.parse(actor))
    assert name.ja == ja
    assert name.en.isascii()


def test_every_kind_of_actor_has_a_name() -> None:
    """None of them is shown by its key."""
    kinds = [value for name, value in vars(actors).items() if name in _KINDS]
    assert len(kinds) == len(_KINDS)
    for kind in kinds:
        name = kind_name(kind)
        assert not name.ja.isascii()
        assert name.en.isascii()
        assert kind not in (name.ja, name.en)


_KINDS = (
    *("REGIONAL_BUREAU", "PREFECTURE", "MUNICIPALITY", "UNION", "HEAD", "METI"),
    *("CABINET_SECRETARIAT", "MINISTRY", "PANEL", "ASSEMBLY", "OPERATOR", "PUBLIC"),
)


def test_several_offices_are_named_in_a_row() -> None:
    """As a message lists them."""
    told = names_of(map(Actor.parse, ("prefecture:150002", "prefecture:160008")))
    assert (told.ja, told.en) == ("新潟県、富山県", "Niigata, Toyama")
