"""What plans may do in their lives, said a second time.

The lifecycle is read as data only: who may take which step is worked out here by other
means than those of the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import attrs
from attrs import define, field, frozen

from clusterplan.core.actors import Actor
from clusterplan.core.checks import CheckContext, Rule, rule
from clusterplan.core.comments import COMMENT
from clusterplan.core.files import PlanFile
from clusterplan.core.findings import Finding, Gate, Severity
from clusterplan.core.identifiers import InvestmentId, PartId, Yen
from clusterplan.core.investments import Investment
from clusterplan.core.lifecycle import Lifecycle, Need, Phase, Step
from clusterplan.core.measures import Measure
from clusterplan.core.plans import Plan, PolicyMeans
from clusterplan.core.readers import LOCAL
from clusterplan.core.reports import ACCEPTED, REPORT
from clusterplan.core.services.answers import Waiver
from clusterplan.core.services.domain import Domain
from clusterplan.core.standings import PlanStanding
from clusterplan.core.store import ReadUnit
from clusterplan.plugins.host import load_plugins
from stores import REGIONAL, STRATEGIC, sample_file

BUREAU = Actor.parse("regional_bureau:kyushu")
KUMAMOTO = Actor.parse("prefecture:430005")
NIIGATA = Actor.parse("prefecture:150002")
GOVERNOR = Actor.parse("head_of_local_government:150002")
TOYAMA = Actor.parse("prefecture:160008")
METI = Actor.parse("meti:meti")
SECRETARIAT = Actor.parse("cabinet_secretariat:cas")
OPERATOR = Actor.parse("operator:local")
ACTORS = (BUREAU, KUMAMOTO, NIIGATA, GOVERNOR, TOYAMA, METI, SECRETARIAT, OPERATOR)
STATE_BODIES = (METI, SECRETARIAT)
EXTRA = ("X-1", "X-2")
"""Ids of measures that texts have or do not have."""
SHARED = InvestmentId("SAMPLE-INV-1")
"""The investment of the A plan, which the B plan refers to or does not."""
PROVISIONAL, UNDECIDED = "（仮）", "（未定）"
"""Ends of titles: a rule warns of the one, and finds an error in the other."""
WAIVER = Waiver(rule_id="LIFE-01", pointer="/title", reason="事情による")


@frozen
class Money:
    """What a plan says of its own investment, where texts differ."""

    number: int = 0
    amount: int = 1
    withheld: bool = False


@frozen
class Text:
    """What a text of a plan says, where texts differ.

    Attributes:
        extra: Measures by id, with the numbers of their titles, in order.
        refers: Whether a B plan refers to the investment of the A plan.
    """

    number: int = 0
    end: str = ""
    money: Money = Money()
    extra: tuple[tuple[str, int], ...] = ()
    refers: bool = True


@define
class Revision:
    """An open revision: what it says, and who stands for it."""

    id: PartId
    base: str
    text: Text | None = None
    checked: frozenset[Actor] = frozenset()
    signed: frozenset[Actor] = frozenset()


@define(kw_only=True)
class Life:
    """A plan as this module follows it.

    Attributes:
        letter: Stands in every mark of the plan.
        office: Reports on the measures that texts have or do not have.
        revisers: Who may work on a revision.
        signers: Who adopts it.
        signed: The joint step that was begun, and by whom.
        versions: Versions of the measures that texts have or do not have.
        published: The texts of its public editions.
        revisions: How many revisions were opened.
        retired: Ids that revisions gave up.
        shown: Marks of what became public beside the plan.
        proposals: State and number of each proposal, and whether its investor agrees.
        reports: State of each report, and who submitted it.
        lapsed: How many first halves of joint acts came to nothing.
    """

    letter: str
    plan_type: str
    plan_id: str
    lifecycle: Lifecycle = field(repr=False)
    lead: tuple[Actor, ...]
    office: Actor
    revisers: tuple[Actor, ...]
    signers: tuple[Actor, ...]
    state: str = "drafting"
    text: Text = field(factory=Text)
    signed: tuple[str, frozenset[Actor]] | None = None
    versions: dict[str, int] = field(factory=dict)
    published: list[Text] = field(factory=list)
    revisions: int = 0
    revision: Revision | None = None
    retired: set[str] = field(factory=set)
    shown: set[str] = field(factory=set)
    proposals: dict[str, tuple[str, int, bool]] = field(factory=dict)
    reports: dict[str, tuple[str, Actor | None]] = field(factory=dict)
    lapsed: int = 0

    def file(self, text: Text) -> PlanFile:
        """Return a plan file with this text."""
        file = _sample(self.plan_type)
        means = file.plan.policy_means
        assert means is not None
        more = tuple(self.measure(id_, number) for id_, number in text.extra)
        refers = text.refers and self.plan_type == REGIONAL
        plan = attrs.evolve(
            file.plan,
            title=f"架空計画 {mark('P', self.letter, text.number)}{text.end}",
            policy_means=attrs.evolve(means, measures=(*means.measures, *more)),
            investments=(*file.plan.investments, *((SHARED,) if refers else ())),
        )
        told = (self.investment(text.money),)
        return attrs.evolve(file, plan=plan, investments=told)

    def measure(self, id_: str, number: int) -> Measure:
        """Return a measure that texts have or do not have."""
        title = f"架空の施策 {mark('M', self.letter, number)}"
        return Measure(id=PartId(id_), title=title, reporter=self.office)

    def investment(self, money: Money) -> Investment:
        """Return the investment of the plan."""
        (told,) = _sample(self.plan_type).investments
        first, *rest = told.money
        return attrs.evolve(
            told,
            title=f"架空投資 {mark_of(money, self.letter)}",
            withheld=money.withheld,
            money=(attrs.evolve(first, amount=Yen(money.amount)), *rest),
        )

    @property
    def own(self) -> InvestmentId:
        """Id of the investment that the plan tells."""
        return _sample(self.plan_type).investments[0].id

    def may_tell(self, by: Actor, money: Money) -> bool:
        """Tell whether an office may say *money*; what its owner withholds stays."""
        owners = (KUMAMOTO,) if self.plan_type == STRATEGIC else self.lead
        sees = by in (*owners, *STATE_BODIES, OPERATOR)
        return sees or not self.text.money.withheld or money == self.text.money

    @property
    def phase(self) -> Phase:
        """The phase of the state."""
        return self.lifecycle.state(self.state).phase

    @property
    def public(self) -> bool:
        """Whether anybody may read the plan."""
        return self.lifecycle.state(self.state).public

    def may(
        self, step: Step, by: Actor, provided: Collection[Need], *, waives: bool
    ) -> bool:
        """Tell whether an office may take a step now, by the letter of the data."""
        if self.state not in step.from_ or by.kind not in step.actors:
            return False
        if step.by_lead and by not in self.lead:
            return False
        if not set(step.needs) <= set(provided):
            return False
        if step.gate is Gate.PUBLISH and self.text.end == UNDECIDED:
            return False
        if waives is not asks_for_waiver(self.text, step.gate):
            return False
        if step.joint and self.signed and self.signed[0] != step.key:
            return self.signed[1] <= {by}
        return True

    def take(self, step: Step, by: Actor) -> None:
        """Go where the step leads, or sign it."""
        before = self.signed[1] if self.signed and self.signed[0] == step.key else ()
        signed = frozenset({*before, by})
        if step.joint and {a.kind for a in signed} != set(step.actors):
            self.signed = (step.key, signed)
            return
        if self.lifecycle.state(step.to).public and not self.public:
            self.published.append(self.text)
        self.state, self.signed = step.to, None

    def tell(self, text: Text, standing: PlanStanding) -> None:
        """Say *text* from now on; what was signed lapses."""
        before, after = dict(self.text.extra), dict(text.extra)
        for id_ in before.keys() - after.keys():
            del self.versions[id_]
        changed = (id_ for id_ in after if after[id_] != before.get(id_))
        self.versions |= dict.fromkeys(changed, standing.version)
        self.lapsed += self.signed is not None
        self.text, self.signed = text, None
        if self.public:
            self.published.append(text)

    def marks(self) -> Iterator[str]:
        """Yield the marks that anybody may read, but for those of investments."""
        if self.public:
            yield from self.shown
            for text in self.published:
                yield mark("P", self.letter, text.number)
                yield from (mark("M", self.letter, n) for _, n in text.extra)


def mark(sort: str, letter: str, number: int, end: str = "") -> str:
    """Return a text that stands nowhere else."""
    return f"第{sort}{letter}{number}{end}号"


def mark_of(money: Money, letter: str) -> str:
    """Return the mark of an investment; one that is withheld has another one."""
    return mark("I", letter, money.number, "W" if money.withheld else "")


def asks_for_waiver(text: Text, gate: Gate | None) -> bool:
    """Tell whether a warning about a text must be waived at a gate."""
    return text.end == PROVISIONAL and gate in (Gate.SUBMIT, Gate.PUBLISH)


def _ends(id_: str, severity: Severity, gate: Gate, end: str) -> Rule:
    @rule(id_, severity=severity, gate=gate, title="計画名の末尾", source="tests")
    def title_is_final(context: CheckContext) -> Iterator[Finding]:
        """Say what is to be said of the title."""
        if context.plan.title.endswith(end):
            yield context.finding("title", ja="計画名が確定していない", en="not final")

    return title_is_final


RULES = (
    _ends("LIFE-01", Severity.WARNING, Gate.SUBMIT, PROVISIONAL),
    _ends("LIFE-02", Severity.ERROR, Gate.PUBLISH, UNDECIDED),
)
"""All that is checked in lives."""


@cache
def _sample(plan_type: str) -> PlanFile:
    """Return the sample of a built-in plan type, cut down to one measure, read once."""
    file = sample_file(load_plugins(entry_points=False).plan_types, plan_type)
    means = file.plan.policy_means
    assert means is not None
    kept = {STRATEGIC: "M-03", REGIONAL: "M-02"}[plan_type]
    (measure,) = (m for m in means.measures if m.id == kept)
    own: dict[str, Any] = {
        a.name: getattr(file.plan, a.name)
        for a in attrs.fields(Plan)
        if a.name not in ("path", "outcome_chain", "links", "clusters", "cooperation")
    }
    own["policy_means"] = PolicyMeans(challenges=means.challenges, measures=(measure,))
    return attrs.evolve(file, plan=Plan(**own))


def two_lives(domain: Domain) -> tuple[Life, Life]:
    """Return an A plan and a B plan at their beginning."""
    a, b = (domain.plan_types[key].lifecycle for key in (STRATEGIC, REGIONAL))
    local = (NIIGATA, GOVERNOR)
    return (
        Life(
            letter="A",
            plan_type=STRATEGIC,
            plan_id="sample-strategic-semiconductor",
            lifecycle=a,
            lead=(BUREAU,),
            office=KUMAMOTO,
            revisers=STATE_BODIES,
            signers=STATE_BODIES,
        ),
        Life(
            letter="B",
            text=Text(extra=(("X-1", 0),)),
            versions={"X-1": 1},
            plan_type=REGIONAL,
            plan_id="sample-regional-machine-parts",
            lifecycle=b,
            lead=local,
            office=TOYAMA,
            revisers=local,
            signers=(GOVERNOR,),
        ),
    )


def speaks(by: Actor, body: Actor) -> bool:
    """Tell whether an office reports for a body; METI is a ministry, too."""
    return by == body or (by == METI and str(body) == "ministry:meti")


def provided(
    life: Life,
    unit: ReadUnit,
    domain: Domain,
    step: Step,
    *,
    reason: bool,
    comment: bool,
) -> set[Need]:
    """Return what a step can count on."""
    plan_id, view = life.plan_id, domain.view(LOCAL)
    standing = unit.current(plan_id)
    assert standing is not None
    comments = unit.cases([plan_id], COMMENT, view).get(plan_id, ())
    reports = unit.cases([plan_id], REPORT, view).get(plan_id, ())
    found = {Need.PANEL}
    if reason:
        found |= {Need.REASON, Need.VOTES}
    if comment or any(
        c.state == "open"
        and c.document.edition == standing.edition
        and c.owner.kind in step.actors
        for c in comments
    ):
        found.add(Need.COMMENTS)
    if any(r.state == ACCEPTED and r.document.is_final for r in reports):
        found.add(Need.FINAL_REPORT)
    return found
