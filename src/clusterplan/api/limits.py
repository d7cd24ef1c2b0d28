"""What a query may cost, and the schema extensions that refuse what costs more.

The limits are checked before the rules of GraphQL itself run, since some of those take
seconds on hostile documents. Parsed and validated documents are kept in small caches;
the cost is weighed for every request, because it depends on the variables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from attrs import field, frozen
from attrs.validators import gt
from graphql import GraphQLError, GraphQLSyntaxError, Lexer, Source, TokenKind
from strawberry.extensions import ParserCache, SchemaExtension, ValidationCache
from strawberry.types import ExecutionContext

from ..core.errors import ErrorCode
from .literals import NumbersInRange
from .prices import Prices, Pricing, connection_types
from .weighing import Size, measure, running

Examine = Callable[[ExecutionContext], list[GraphQLError]]


@frozen(kw_only=True)
class Limits:
    """The most that one request may ask; every number is a setting.

    Attributes:
        characters: Length of the query text.
        tokens: Tokens of the query text, comments included.
        depth: Fields within fields; introspection by common clients needs 15.
        aliases: Renamed fields, each spread of a fragment counted anew.
        fields: Fields, each spread of a fragment counted anew.
        directives: Directives, each spread of a fragment counted anew.
        directives_at_once: Directives on one field, fragment or operation.
        operations: Operations in one document.
        fragments: Named fragments in one document.
        cost: Objects that the answer may hold, as far as the query tells.
        body_bytes: Length of the request's body.
        body_seconds: Time within which the body must have arrived.
        errors: Errors that an answer lists.
        message_characters: Length of one error's message.
    """

    characters: int = field(default=20_000, validator=gt(0))
    tokens: int = field(default=2_000, validator=gt(0))
    depth: int = field(default=15, validator=gt(0))
    aliases: int = field(default=30, validator=gt(0))
    fields: int = field(default=1_000, validator=gt(0))
    directives: int = field(default=50, validator=gt(0))
    directives_at_once: int = field(default=5, validator=gt(0))
    operations: int = field(default=20, validator=gt(0))
    fragments: int = field(default=50, validator=gt(0))
    cost: int = field(default=50_000, validator=gt(0))
    body_bytes: int = field(default=1_048_576, validator=gt(0))
    body_seconds: float = field(default=30.0, validator=gt(0))
    errors: int = field(default=20, validator=gt(0))
    message_characters: int = field(default=300, validator=gt(20))


def extensions(
    limits: Limits, prices: Prices | None = None, *, cached_documents: int = 128
) -> list[Callable[[], SchemaExtension]]:
    """Return what `strawberry.Schema(extensions=...)` needs to keep *limits*.

    Args:
        limits: The most that one request may ask.
        prices: What fields cost where they differ from the defaults.
        cached_documents: How many documents to keep parsed and validated.
    """
    connections = lru_cache(maxsize=4)(connection_types)
    known = prices or Prices()

    def examine(context: ExecutionContext) -> list[GraphQLError]:
        document = context.graphql_document
        if document is None:
            return []
        # Strawberry offers extensions no other way to the schema of graphql-core.
        schema = context.schema._schema  # noqa: SLF001
        pricing = Pricing(
            schema=schema,
            prices=known,
            connections=connections(schema),
            operation=running(document, context.operation_name),
            variables=context.variables or {},
        )
        return list(refusals(measure(document, pricing), limits))

    return [
        partial(LimitedParser, limits, cached_documents),
        partial(LimitedValidation, examine, cached_documents),
    ]


class LimitedParser(ParserCache):
    """Parses a query text once, and only if it is short enough."""

    def __init__(self, limits: Limits, maxsize: int) -> None:
        super().__init__(maxsize=maxsize)
        self.limits = limits

    def on_parse(self) -> Iterator[None]:
        """Parse the text, or raise the limit that it breaks."""
        context = self.execution_context
        text = context.query or ""
        if len(text) > self.limits.characters:
            raise limit_error("QUERY_TOO_LONG", self.limits.characters, len(text))
        context.parse_options["max_tokens"] = self.limits.tokens
        try:
            context.graphql_document = self.cached_parse_document(
                text, **context.parse_options
            )
        except GraphQLSyntaxError:
            tokens = count_tokens(text)
            if tokens > self.limits.tokens:
                raise limit_error(
                    "TOO_MANY_TOKENS", self.limits.tokens, tokens
                ) from None
            raise
        yield


class LimitedValidation(ValidationCache):
    """Validates a document once, and only after its size has been examined."""

    def __init__(self, examine: Examine, maxsize: int) -> None:
        super().__init__(maxsize=maxsize)
        self.examine = examine

    def on_validate(self) -> Iterator[None]:
        """Refuse a document that is too large; validate any other."""
        context = self.execution_context
        refused = self.examine(context)
        if refused:
            context.pre_execution_errors = refused
            yield
        else:
            context.validation_rules += (NumbersInRange,)
            yield from super().on_validate()


def count_tokens(text: str) -> int:
    """Return how many tokens *text* has, comments included, up to a broken one."""
    lexer = Lexer(Source(text))
    try:
        while lexer.advance().kind is not TokenKind.EOF:
            pass
    except GraphQLSyntaxError:
        pass
    count, token = 0, lexer.token
    while token.prev is not None:
        count += token.kind is not TokenKind.EOF
        token = token.prev
    return count


def refusals(size: Size, limits: Limits) -> Iterator[GraphQLError]:
    """Yield one error for each of *limits* that *size* breaks."""
    shape = size.shape
    for reason, limit, actual in (
        ("TOO_MANY_OPERATIONS", limits.operations, size.operations),
        ("TOO_MANY_FRAGMENTS", limits.fragments, size.fragments),
        ("QUERY_TOO_DEEP", limits.depth, shape.depth),
        ("TOO_MANY_ALIASES", limits.aliases, shape.aliases),
        ("TOO_MANY_FIELDS", limits.fields, shape.fields),
        ("TOO_MANY_DIRECTIVES", limits.directives, shape.directives),
        (
            "TOO_MANY_DIRECTIVES_AT_ONCE",
            limits.directives_at_once,
            shape.directives_at_once,
        ),
        ("QUERY_TOO_COSTLY", limits.cost, size.cost),
    ):
        if actual > limit:
            yield limit_error(reason, limit, actual)


def limit_error(reason: str, limit: int, actual: int) -> GraphQLError:
    """Return the refusal of something that is larger than its limit."""
    english, japanese = _texts()[reason]
    return GraphQLError(
        english.format(limit=limit, actual=actual),
        extensions={
            "code": ErrorCode.LIMIT_EXCEEDED.value,
            "reason": reason,
            "messageJa": japanese.format(limit=limit, actual=actual),
            "limit": limit,
            "actual": actual,
        },
    )


def _texts() -> dict[str, tuple[str, str]]:
    return {
        "QUERY_TOO_LONG": (
            (
                "The query text has {actual} characters; at most {limit} are allowed."
                " Move values into variables, or ask in several requests."
            ),
            (
                "クエリは{actual}文字あります。上限は{limit}文字です。"
                "値を変数に移すか、複数回に分けて問い合わせてください。"
            ),
        ),
        "TOO_MANY_TOKENS": (
            (
                "The query text has {actual} tokens; at most {limit} are allowed."
                " Move values into variables, or ask in several requests."
            ),
            (
                "クエリのトークンは{actual}個あります。上限は{limit}個です。"
                "値を変数に移すか、複数回に分けて問い合わせてください。"
            ),
        ),
        "TOO_MANY_OPERATIONS": (
            (
                "The document holds {actual} operations; at most {limit} are allowed."
                " Send only the operation to run."
            ),
            (
                "クエリに操作が{actual}個あります。上限は{limit}個です。"
                "実行する操作だけを送ってください。"
            ),
        ),
        "TOO_MANY_FRAGMENTS": (
            (
                "The document holds {actual} fragments; at most {limit} are allowed."
                " Send only the fragments that the operation uses."
            ),
            (
                "クエリにフラグメントが{actual}個あります。上限は{limit}個です。"
                "操作に使うフラグメントだけを送ってください。"
            ),
        ),
        "QUERY_TOO_DEEP": (
            (
                "The query is {actual} levels deep; at most {limit} are allowed."
                " Ask for the lower levels in a query of their own."
            ),
            (
                "クエリの入れ子は{actual}段あります。上限は{limit}段です。"
                "下の段は別のクエリで問い合わせてください。"
            ),
        ),
        "TOO_MANY_ALIASES": (
            (
                "The query renames {actual} fields; at most {limit} aliases are allowed."
                " Use a list field with a filter, or ask in several requests."
            ),
            (
                "クエリに別名が{actual}個あります。上限は{limit}個です。"
                "条件を付けた一覧を使うか、複数回に分けて問い合わせてください。"
            ),
        ),
        "TOO_MANY_FIELDS": (
            (
                "The query asks for {actual} fields; at most {limit} are allowed."
                " Leave out what is not needed, or ask in several requests."
            ),
            (
                "クエリの項目は{actual}個あります。上限は{limit}個です。"
                "不要な項目を省くか、複数回に分けて問い合わせてください。"
            ),
        ),
        "TOO_MANY_DIRECTIVES": (
            (
                "The query holds {actual} directives; at most {limit} are allowed."
                " Use fewer of @include and @skip."
            ),
            (
                "クエリにディレクティブが{actual}個あります。上限は{limit}個です。"
                "@include や @skip を減らしてください。"
            ),
        ),
        "TOO_MANY_DIRECTIVES_AT_ONCE": (
            (
                "One place of the query holds {actual} directives; at most {limit} are"
                " allowed. Join the conditions into one variable."
            ),
            (
                "クエリの1か所にディレクティブが{actual}個付いています。"
                "上限は{limit}個です。条件を1つの変数にまとめてください。"
            ),
        ),
        "QUERY_TOO_COSTLY": (
            (
                "The query may return {actual} objects; at most {limit} are allowed."
                " Lower `first` or `last`, or leave out nested lists."
            ),
            (
                "クエリの結果は{actual}件に達するおそれがあります。"
                "上限は{limit}件です。first や last を小さくするか、"
                "入れ子の一覧を省いてください。"
            ),
        ),
    }
