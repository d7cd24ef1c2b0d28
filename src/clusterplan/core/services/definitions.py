"""Who tells investments: a plan defines one once, and its owner alone opens it (MAP-04)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from ..actors import OPERATOR, STATE_BODIES, Actor, is_same_body
from ..errors import ErrorCode, Problem
from ..identifiers import InvestmentId
from ..investments import Investment
from ..plans import Plan
from ..readers import Reader
from ..store import InvestmentHead, ReadUnit
from .domain import Domain


def may_tell(by: Actor, investment: Investment, plan: Plan) -> bool:
    """Tell whether *by* may tell an investment of *plan* anew, and make it public.

    One that is withheld is its owner's, or the lead body's where it has none. The state
    bodies act for the owner: they alone change a plan of the state that is in force.
    """
    owner = investment.owner or plan.lead
    if not investment.withheld or owner is None:
        return True
    return by.kind in (OPERATOR, *STATE_BODIES) or is_same_body(by, owner)


@frozen(kw_only=True)
class Definitions:
    """The investments that a text of *plan* may define and refer to.

    Attributes:
        by: Who wrote the text.
        known: Investments that the plan counts on already, by the digest of their text.
        kept: Investments that stand in the text as others, who may, have told them.
    """

    plan: Plan
    unit: ReadUnit
    domain: Domain
    by: Actor
    known: Mapping[InvestmentId, str]
    kept: Collection[InvestmentId]

    def referred(self, id_: InvestmentId) -> str | None:
        """Return the text of an investment that is referred to, by its digest."""
        stored = self.unit.investment_head(id_)
        if stored is None:
            return None
        if stored.defined_by == self.plan.id or self._shows(stored):
            return stored.digest
        return self.known.get(id_)

    def refusal(
        self, stored: InvestmentHead, digest: str, position: int
    ) -> Problem | None:
        """Return why a stored investment may not be told as the text of *digest*."""
        if stored.defined_by != self.plan.id:
            shown = self._shows(stored)
            same = stored.digest == digest and (
                shown or self.known.get(stored.id) == digest
            )
            return None if same else _other_definition(stored, position, shown=shown)
        if stored.digest == digest or stored.id in self.kept:
            return None
        (told,) = self.unit.investments([stored.digest]).values()
        if may_tell(self.by, told, self.plan):
            return None
        return withheld_by_owner(stored.id, position)

    def _shows(self, head: InvestmentHead) -> bool:
        """Tell whether *by* may see an investment, and the plan that tells it."""
        reader = Reader(actor=self.by)
        found = self.unit.shared_investments([head.id], self.domain.view(reader))
        return bool(reader.visible(found.values()))


def unknown_investment(id_: str, position: int) -> Problem:
    """Return the refusal of a reference that leads to nothing, or nothing visible."""
    return Problem(
        reason="UNKNOWN_INVESTMENT",
        message_ja=f"投資「{id_}」は、登録されていないか、参照できる計画にありません。"
        "この計画に定義を書くか、先に定義のある計画を取り込んでください",
        message_en=f"investment {id_!a} is not stored, or not in a plan that you may "
        "see; tell it in this file, or import the plan that does first",
        path=("investments", position, "ref"),
    )


def withheld_by_owner(id_: str, position: int) -> Problem:
    """Return the refusal to change or open what its owner withholds."""
    return Problem(
        code=ErrorCode.FORBIDDEN,
        reason="WITHHELD_BY_OWNER",
        message_ja=f"投資「{id_}」は、所有者が非公表としています。内容の変更と公表は"
        f"所有者が行います。このまま残すには {{ref: {id_}}} と書いてください",
        message_en=f"investment {id_!a} is withheld by its owner, who alone changes it "
        f"or makes it public; write {{ref: {id_}}} to leave it as it is",
        path=("investments", position),
        hint=f"{{ref: {id_}}}",
        rule_id="MAP-04",
    )


def _other_definition(stored: InvestmentHead, position: int, *, shown: bool) -> Problem:
    if not shown:
        return Problem(
            code=ErrorCode.CONFLICT,
            reason="INVESTMENT_DEFINED_DIFFERENTLY",
            message_ja=f"投資のID「{stored.id}」は別の投資に使われています。"
            "別のIDを付けてください",
            message_en=f"the id {stored.id!a} is that of another investment; use "
            "another one",
            path=("investments", position),
        )
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="INVESTMENT_DEFINED_DIFFERENTLY",
        message_ja=f"投資「{stored.id}」は計画「{stored.defined_by}」で別の内容で"
        f"定義されています。{{ref: {stored.id}}} と書いて参照してください",
        message_en=f"investment {stored.id!a} is told differently by plan "
        f"{stored.defined_by!a}; refer to it instead",
        path=("investments", position),
        hint=f"{{ref: {stored.id}}}",
    )
