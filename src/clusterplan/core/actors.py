"""Who acts: an office of an organization, never a person."""

from __future__ import annotations

from typing import Annotated, Self

from attrs import frozen

from .identifiers import Key, is_key
from .terms import Term

REGIONAL_BUREAU = Key("regional_bureau")
PREFECTURE = Key("prefecture")
MUNICIPALITY = Key("municipality")
UNION = Key("union_of_local_governments")
HEAD = Key("head_of_local_government")
CABINET_SECRETARIAT = Key("cabinet_secretariat")
METI = Key("meti")
MINISTRY = Key("ministry")
PANEL = Key("panel")
ASSEMBLY = Key("assembly")
OPERATOR = Key("operator")
PUBLIC = Key("public")

STATE_BODIES = (CABINET_SECRETARIAT, METI)
"""内閣官房 and 経済産業省, which formulate, pre-check and accept for the state."""
LOCAL_GOVERNMENT = (PREFECTURE, MUNICIPALITY, UNION)
"""都道府県, 市町村 and their unions, which lead plans of their own."""
OFFICES_OF_LOCAL_GOVERNMENT = (*LOCAL_GOVERNMENT, HEAD)
"""Kinds of office that act for a local government."""


@frozen
class Actor:
    """An office of an organization, by kind and code.

    The code is a bureau's key, a six-digit area code or a ministry's key; plan types of
    plugins may add kinds.
    """

    kind: Annotated[Key, Term("主体種別", "Kind of actor, such as `prefecture`.")]
    code: Annotated[str, Term("主体コード", "Bureau key, area code or ministry key.")]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `KIND:CODE`, such as `prefecture:130001`.

        Raises:
            ValueError: If there is no colon between a key and a code.
        """
        kind, colon, code = text.partition(":")
        if not (is_key(kind) and colon and code):
            raise ValueError("an actor is written KIND:CODE, the kind in small letters")
        return cls(Key(kind), code)

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"


def kinds_of_body(kind: Key) -> tuple[Key, ...]:
    """Return the kinds that offices of the body of an actor of *kind* may have.

    An area code names one local government, so its head and the office of whatever
    kind it is written with are of that body; any other actor is only itself.
    """
    return (
        OFFICES_OF_LOCAL_GOVERNMENT if kind in OFFICES_OF_LOCAL_GOVERNMENT else (kind,)
    )


def is_same_body(one: Actor, other: Actor) -> bool:
    """Tell whether two offices act for the same body."""
    return one.code == other.code and other.kind in kinds_of_body(one.kind)


LOCAL_OPERATOR = Actor(OPERATOR, "local")
"""Whoever may run commands on the machine that the store is on."""
