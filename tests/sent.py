"""Mutations as clients send them, and the problems that they are told."""

from __future__ import annotations

from typing import Any

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
      problems { code path reason messageJa messageEn ruleId hint currentVersion }
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
    """Return the result of a mutation; every problem speaks two languages.

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
    return done


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
