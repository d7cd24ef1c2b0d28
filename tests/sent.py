"""Mutations as clients send them, and the problems that they are told."""

from __future__ import annotations

from typing import Any

import attrs
from strawberry.utils.str_converters import to_camel_case

from clusterplan.api.commands import MUTATIONS
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store
from served import OPERATOR, Served

_QUERY = """
mutation($input: %(title)sInput!) {
  done: %(name)s(input: $input) {
    __typename
    ... on %(title)sDone {
      dryRun plan { id version edition state } event { sequence kind } %(fields)s
    }
    ... on Problems {
      problems { code path pointer reason messageJa messageEn ruleId hint currentVersion }
    }
  }
}
"""


def send(
    served: Served,
    name: str,
    fields: str = "",
    /,
    by: str | None = OPERATOR,
    **sent: Any,
) -> dict[str, Any]:
    """Return the result of a mutation; every problem speaks two languages, in its place.

    What quotes an input or the plan may do so in English, too.
    """
    token = served.token(by) if by else None
    title = name[0].upper() + name[1:]
    query = _QUERY % {"name": name, "title": title, "fields": fields}
    done: dict[str, Any] = served.ask(query, {"input": sent}, token=token)["done"]
    for problem in done.get("problems", ()):
        quotes = problem["reason"] in ("BAD_ID", "CHECK_UNANSWERED", "CHECK_FAILED")
        assert quotes or problem["messageEn"].isascii(), problem
        assert not problem["messageJa"].isascii()
        assert leads_into(problem["path"], name, sent), problem
    return done


def leads_into(path: list[str], name: str, sent: Any) -> bool:
    """Tell whether the path of a problem leads into what was sent.

    Its end may be missing there: an attribute of the input, or a key of a document. It
    is empty for who shows no token only, whatever they send.
    """
    if not path:
        return True
    (mutation,) = (m for m in MUTATIONS if to_camel_case(m.name) == name)
    top = [to_camel_case(a.name) for a in attrs.fields(mutation.sent)]
    *outer, last = path
    if path[0] not in top:
        return False
    for step in outer:
        try:
            sent = sent[int(step) if isinstance(sent, list) else step]
        except (KeyError, IndexError, ValueError):
            return False
    if isinstance(sent, list):
        return last.isdecimal() and int(last) < len(sent)
    return isinstance(sent, dict)


def reasons(done: dict[str, Any]) -> list[tuple[str, str]]:
    """Return class and fine code of each problem."""
    assert done["__typename"] == "Problems", done
    return [(p["code"], p["reason"]) for p in done["problems"]]


def refusal(done: dict[str, Any]) -> tuple[str, str, str | None, str]:
    """Return class, fine code, rule and place of the only problem."""
    assert done["__typename"] == "Problems", done
    (p,) = done["problems"]
    return p["code"], p["reason"], p["ruleId"], "/".join(p["path"])


def events_in(store: Store | SqlStore) -> int:
    """Return how many events the log holds."""
    with store.read() as unit:
        return unit.revision()
