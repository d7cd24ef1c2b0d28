"""The fields of the root type Mutation: one a command."""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar, cast

import attrs
from anyio.to_thread import run_sync
from attrs import frozen

from ..core.actors import Actor
from ..core.documents.codec import canonical_json, digest_of
from ..core.errors import ErrorCode, PlanError, Problem
from ..core.events import Event
from ..core.services.domain import Domain
from ..core.services.keyed import Keyed, once
from ..core.services.retelling import Retelling
from ..core.store import Store
from ..core.terms import Term
from .context import Context, Info
from .input_checks import checked
from .inputs import Sent
from .outcomes import Done, Problems, problems_of
from .places import place_of
from .publish import Registry, Resolver

S = TypeVar("S", bound=Sent)


@frozen(kw_only=True)
class Call:
    """Who asks, and where the command works."""

    by: Actor
    store: Store
    domain: Domain

    def retell(self, event: Event) -> Retelling:
        """Look again at what was done, by its event."""
        return Retelling(
            event=event, office=self.by, store=self.store, domain=self.domain
        )


@frozen
class Mutation:
    """A command as a mutation.

    Attributes:
        name: Name of the command, such as `import_plan`.
        summary: What it does, for the schema.
        sent: Class of its input.
        done: Class of what it tells.
        run: Does it, and tells what was done but for the plan.
        plan_id: Tells which plan it was about.
        again: Tells what was done, where the same request was sent before.
        text: Attribute of the input that holds the text which the command is about.
    """

    name: str
    summary: str
    sent: type[Sent]
    done: type[Done]
    run: Callable[[Any, Call], Done]
    plan_id: Callable[[Any, Event | None], str | None]
    again: Callable[[Any, Call, Event], Done]
    text: str | None = None

    @property
    def title(self) -> str:
        """The name as GraphQL types have it, such as `ImportPlan`."""
        return "".join(word.capitalize() for word in self.name.split("_"))


class TokenNeededError(PlanError):
    """Nobody changes anything without saying who it is."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.UNAUTHENTICATED,
                reason="TOKEN_NEEDED",
                message_ja="変更にはトークンが必要です",
                message_en="a change needs a token",
                hint="Authorization: Bearer cp_...",
            )
        )


def mutation_fields(
    registry: Registry, mutations: tuple[Mutation, ...]
) -> tuple[Resolver, ...]:
    """Publish inputs and results of *mutations*, and return their resolvers."""
    registry.publish(Problems)
    return tuple(_field(registry, mutation) for mutation in mutations)


def _field(registry: Registry, mutation: Mutation) -> Resolver:
    done = attrs.make_class(
        f"{mutation.title}Done", [], bases=(mutation.done,), frozen=True
    )
    done.__doc__ = mutation.done.__doc__
    registry.publish(done)
    result = type(f"{mutation.title}Result", (), {"__doc__": _RESULT})
    registry.unite(result, f"{mutation.title}Result", (done, Problems))

    async def resolve(info: Info, input: Any) -> Any:
        context = info.context
        await context.reads.close()
        try:
            told = await _done(mutation, input, context)
        except PlanError as error:
            return problems_of(error, partial(place_of, sent=input, text=mutation.text))
        finally:
            await context.reads.close()
            context.loaders.forget()
        return done(**attrs.asdict(told, recurse=False))

    resolve.__name__ = mutation.name
    resolve.__doc__ = mutation.summary
    sent: Any = Annotated[cast("Any", mutation.sent), Term("入力", "What is sent.")]
    resolve.__annotations__ = {
        "info": Info,
        "input": sent,
        "return": result | None,
    }
    return resolve


_RESULT = "What was done, or the problems."


def case_event(event: Event, call: Call) -> Event:
    """Return the event of the case, where a change told of its plan first.

    Events of one change follow each other in the log.
    """
    if event.aggregate != "plan":
        return event
    with call.store.read() as unit:
        return unit.event(event.sequence + 1) or event


def _value(_: type, __: attrs.Attribute[Any], value: Any) -> Any:
    return value.value if isinstance(value, enum.Enum) else value


async def _done(mutation: Mutation, sent: Sent, context: Context) -> Done:
    actor = context.reader.actor
    if actor is None:
        raise TokenNeededError
    told = await run_sync(partial(_run, mutation, sent, actor, context))
    plan_id = mutation.plan_id(sent, told.event)
    if plan_id is None or told.plan is not None:
        return told
    view = context.domain.view(context.reader)
    plan = await context.reads.ask(lambda unit: unit.plan(plan_id, view))
    return attrs.evolve(told, plan=plan)


def _run(mutation: Mutation, raw: Sent, actor: Actor, context: Context) -> Done:
    sent = checked(raw)

    def act(store: Store) -> Done:
        return mutation.run(sent, attrs.evolve(call, store=store))

    def told(event: Event) -> Done:
        return mutation.again(sent, call, event)

    call = Call(by=actor, store=context.store, domain=context.domain)

    if sent.key is None or sent.dry_run:
        return act(context.store)
    told_by_value = attrs.asdict(sent, value_serializer=_value)
    asked = canonical_json([mutation.name, told_by_value])
    keyed = Keyed(actor=actor, key=sent.key, digest=digest_of(asked))
    return once(keyed, context.store, act, told)
