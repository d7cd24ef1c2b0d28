"""What a client reads of an error, and what the operator does."""

from __future__ import annotations

import asyncio
import enum
import logging
from typing import Any, NewType

import pytest
import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from clusterplan.api.limits import Limits, extensions
from clusterplan.api.masking import Masking, QuietSchema
from clusterplan.core.errors import ErrorCode, PlanError, Problem

Odd = NewType("Odd", str)
Even = NewType("Even", str)


def read_odd(value: object) -> str:
    """Fail as code fails that did not expect the value."""
    raise KeyError(f"secret of {value}")


def read_even(value: object) -> str:
    """Refuse as the library refuses."""
    raise PlanError(
        Problem(reason="NOT_EVEN", message_ja="偶数ではない", message_en=f"{value}?")
    )


@strawberry.enum
class Colour(enum.Enum):
    """Two of many."""

    RED = "red"
    BLUE = "blue"


@strawberry.input
class Wish:
    """What has to have a title."""

    title: str


@strawberry.type
class Query:
    """Each field goes wrong in its own way."""

    word: str = "言葉"

    @strawberry.field
    def takes(
        self,
        colour: Colour = Colour.RED,
        wish: Wish | None = None,
        odd: Odd | None = None,
        even: Even | None = None,
        number: int = 3,
    ) -> str:
        """Return what it was given."""
        return f"{colour} {wish} {odd} {even} {number}"

    @strawberry.field
    def fails(self) -> str | None:
        """Fail with a text that must not get out."""
        raise RuntimeError("secret: sqlite3.OperationalError")

    @strawberry.field
    def many(self) -> list[Query | None]:
        """Return what may fail many times."""
        return [Query()] * 50

    @strawberry.field
    def wrong_type(self) -> list[str] | None:
        """Return what the schema does not promise."""
        return 5  # type: ignore[return-value]

    @strawberry.field
    def refuses(self) -> str | None:
        """Refuse for two reasons."""
        raise PlanError(
            Problem(
                reason="FIRST",
                message_ja="一つ目",
                message_en="One.",
                path=("measures", 0, "a/b"),
                hint="Write two.",
            ),
            Problem(
                code=ErrorCode.CONFLICT,
                reason="SECOND",
                message_ja="二つ目",
                message_en="Two.",
                current_version=4,
            ),
        )

    @strawberry.field
    def closes(self) -> str | None:
        """Refuse because the store does not answer."""
        raise PlanError(
            Problem(
                code=ErrorCode.UNAVAILABLE,
                reason="STORE_CLOSED",
                message_ja="閉じています",
                message_en="Closed.",
            )
        )

    @strawberry.field
    def says(self) -> str | None:
        """Refuse in the words of GraphQL."""
        raise GraphQLError("No.", extensions={"code": "FORBIDDEN"})


CONFIG = StrawberryConfig(
    scalar_map={
        Odd: strawberry.scalar(name="Odd", parse_value=read_odd),
        Even: strawberry.scalar(name="Even", parse_value=read_even),
    }
)


def make(masking: Masking | None = None) -> QuietSchema:
    """Return a schema that shows errors by *masking*."""
    return QuietSchema(
        Query, masking=masking, extensions=extensions(Limits()), config=CONFIG
    )


def errors(
    query: str,
    schema: QuietSchema | None = None,
    variables: dict[str, object] | None = None,
) -> list[dict[str, Any]]:
    """Return the errors of *query* as JSON has them."""
    result = asyncio.run((schema or make()).execute(query, variable_values=variables))
    return [dict(error.formatted) for error in result.errors or ()]


def test_a_fault_of_the_server_is_told_without_its_text_and_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The client learns that it failed, the operator why."""
    (error,) = errors("{fails}")
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["messageJa"].startswith("サーバー側の問題")
    assert error["path"] == ["fails"]
    assert "secret" not in str(error)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info
    assert "sqlite3" in str(record.exc_info[1])


def test_a_result_of_the_wrong_type_is_a_fault_of_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The client asked for what the schema promises."""
    (error,) = errors("{wrongType}")
    assert error["extensions"]["code"] == "INTERNAL"
    assert "Iterable" not in error["message"]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_refusal_of_the_library_keeps_its_facts(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Each problem becomes an error of the field that was refused."""
    caplog.set_level(logging.INFO)
    first, second = errors("{refuses}")
    assert first["message"] == "One."
    assert first["path"] == second["path"] == ["refuses"]
    assert first["extensions"] == {
        "code": "BAD_USER_INPUT",
        "reason": "FIRST",
        "messageJa": "一つ目",
        "pointer": "/measures/0/a~1b",
        "hint": "Write two.",
    }
    assert second["extensions"]["code"] == "CONFLICT"
    assert second["extensions"]["currentVersion"] == 4
    assert {record.levelno for record in caplog.records} == {logging.INFO}


def test_a_refusal_because_the_server_is_unwell_is_logged_as_a_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The operator has to act on it, so it is no mere refusal."""
    (error,) = errors("{closes}")
    assert (error["extensions"]["code"], error["message"]) == ("UNAVAILABLE", "Closed.")
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_an_error_of_graphql_with_a_code_is_shown_as_it_is() -> None:
    """Who gives a code has thought of the reader."""
    (error,) = errors("{says}")
    assert (error["message"], error["extensions"]) == ("No.", {"code": "FORBIDDEN"})


@pytest.mark.parametrize(
    ("query", "variables", "reason", "part"),
    [
        ("{", {}, "QUERY_SYNTAX", "Expected Name"),
        ("{wordd}", {}, "QUERY_INVALID", "Cannot query field 'wordd'"),
        ("{takes(nmber:1)}", {}, "QUERY_INVALID", "Unknown argument 'nmber'"),
        ("{...on Qery{word}}", {}, "QUERY_INVALID", "Unknown type 'Qery'"),
        ("{takes(wish:{titel:1})}", {}, "QUERY_INVALID", "title"),
        ("{takes(colour:REDD)}", {}, "QUERY_INVALID", "REDD"),
        ("query($c:Colour!){takes(colour:$c)}", {"c": "REDD"}, "VARIABLE_VALUE", "$c"),
        ("query($n:Int!){takes(number:$n)}", {}, "VARIABLE_VALUE", "$n"),
        ("query($n:Int=3){takes(number:$n)}", {"n": None}, "QUERY_INVALID", "$n"),
        ("query($o:Odd){takes(odd:$o)}", {"o": "x"}, "VARIABLE_VALUE", "'Odd'"),
        ('{takes(odd:"x")}', {}, "QUERY_INVALID", "'Odd'"),
        ("query($e:Even){takes(even:$e)}", {"e": "x"}, "NOT_EVEN", "x?"),
    ],
)
def test_what_a_client_did_wrong_stays_readable(
    query: str,
    variables: dict[str, object],
    reason: str,
    part: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Syntax, validation and values are refused with a code and without a traceback."""
    caplog.set_level(logging.INFO)
    found = errors(query, variables=variables)
    assert all(error["extensions"]["code"] == "BAD_USER_INPUT" for error in found)
    assert found[0]["extensions"]["reason"] == reason
    assert found[0]["extensions"]["messageJa"]
    assert part in found[0]["message"]
    assert "secret" not in str(found)
    assert all(record.levelno == logging.INFO for record in caplog.records)
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{wordd}", {}),
        ("{takes(nmber:1)}", {}),
        ("{...on Qery{word}}", {}),
        ("{takes(colour:REDD)}", {}),
        ('{takes(wish:{title:"a" titel:"b"})}', {}),
        ("query($c:Colour){takes(colour:$c)}", {"c": "REDD"}),
        ("query($w:Wish){takes(wish:$w)}", {"w": {"title": "a", "titel": "b"}}),
        ("query($w:Wsh){takes(wish:$w)}", {}),
    ],
)
def test_suggestions_can_be_switched_off_altogether(
    query: str, variables: dict[str, object]
) -> None:
    """A closed schema does not tell its names by way of errors."""
    silent = make(Masking(suggestions=False))
    found = errors(query, silent, variables)
    assert found
    assert not any("did you mean" in error["message"].lower() for error in found)


def test_suggestions_are_given_where_they_are_wanted() -> None:
    """An open schema helps its reader."""
    assert "Did you mean 'word'?" in errors("{wordd}")[0]["message"]


def test_the_list_of_errors_and_each_message_have_an_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither many failures nor a long name makes a long answer, or a long log."""
    assert len(errors("{many{fails}}")) == 20
    assert len(caplog.records) == 21
    assert len(errors("{" + " ".join(f"x{n}" for n in range(400)) + "}")) == 20
    long = errors("{" + "x" * 15_000 + "}")[0]["message"]
    assert len(long) == 300
    assert long.endswith("…")


def test_a_cached_refusal_reads_the_same_each_time() -> None:
    """What is shown is made anew; what is cached stays as it was."""
    schema = make(Masking(suggestions=False, characters=60))
    assert errors("{wordd}", schema) == errors("{wordd}", schema)


def test_streams_are_masked_and_end_in_an_answer() -> None:
    """Subscriptions and events come by the same schema, and by no other rule."""

    async def results(query: str) -> list[Any]:
        stream = await make().stream(query)
        return [result async for result in stream]

    (failed,) = asyncio.run(results("{fails}"))
    assert failed.errors[0].extensions["code"] == "INTERNAL"
    (broken,) = asyncio.run(results("{"))
    assert broken.errors[0].extensions["reason"] == "QUERY_SYNTAX"
    (long,) = asyncio.run(results("{word" + " " * 20_000 + "}"))
    assert long.errors[0].extensions["reason"] == "QUERY_TOO_LONG"


def test_a_query_can_be_run_without_an_event_loop() -> None:
    """Scripts get the same errors as servers."""
    result = make().execute_sync("{fails}")
    assert result.errors
    assert result.errors[0].extensions == {
        **(result.errors[0].extensions or {}),
        "code": "INTERNAL",
    }
