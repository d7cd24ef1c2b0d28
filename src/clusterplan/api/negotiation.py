"""Which media types a request is in, and which it takes for an answer."""

from __future__ import annotations

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"

_EXACT = 2


def is_json(content_type: str) -> bool:
    """Return whether *content_type* is JSON in UTF-8, the only one that is read."""
    essence, parameters = _parsed(content_type)
    charset = parameters.get("charset", "utf-8").strip('"').lower()
    return essence == JSON and charset in {"utf-8", "utf8"}


def preferred(accept: str | None) -> str | None:
    """Return the media type to answer *accept* with; None if it takes neither.

    The one that is liked better wins, then the one that is named more exactly. Without
    a preference the answer is plain JSON, which every client reads; a client that names
    both alike knows the newer type and gets it.
    """
    if accept is None or not accept.strip():
        return JSON
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()]
    json_rank = _rank(JSON, ranges)
    graphql_rank = _rank(GRAPHQL_JSON, ranges)
    if max(json_rank, graphql_rank)[0] <= 0:
        return None
    if graphql_rank > json_rank or graphql_rank == json_rank == (
        graphql_rank[0],
        _EXACT,
    ):
        return GRAPHQL_JSON
    return JSON


def _rank(
    media_type: str, ranges: list[tuple[str, dict[str, str]]]
) -> tuple[float, int]:
    """Return how well *media_type* is liked and how exactly it is named."""
    exactness = {"*/*": 0, "application/*": 1, media_type: _EXACT}
    named = [
        (exactness[essence], _quality(parameters))
        for essence, parameters in ranges
        if essence in exactness
    ]
    if not named:
        return 0.0, 0
    exact, quality = max(named)
    return quality, exact


def _quality(parameters: dict[str, str]) -> float:
    try:
        quality = float(parameters.get("q", "1"))
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0


def _parsed(value: str) -> tuple[str, dict[str, str]]:
    essence, *rest = value.split(";")
    pairs = (part.partition("=") for part in rest)
    parameters = {name.strip().lower(): text.strip() for name, _, text in pairs}
    return essence.strip().lower(), parameters
