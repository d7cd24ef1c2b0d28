"""Documents as people write them: YAML, JSON or decoded data in, a tree with places out.

Nothing here knows what a plan is. Readers of plans take a `Source`, turn its texts
into values, and ask it where a wrong value stands.
"""

from __future__ import annotations

import os
from typing import IO, Literal

from ..errors import InputError
from . import source_bytes
from .decoded_source import read_decoded
from .json_source import read_json
from .source_text import Mark, empty_document, forbidden_in, too_large, utf8_size
from .source_tree import Data, Source, SourceLimits, TreeBuilder
from .yaml_source import read_yaml

__all__ = [
    "Data",
    "Mark",
    "Source",
    "SourceLimits",
    "Syntax",
    "parse_text",
    "read_source",
    "source_of",
]

Syntax = Literal["yaml", "json"]

_YAML_SUFFIXES = (".yaml", ".yml")
_NOT_JSON = frozenset({"SYNTAX_ERROR", "NOT_FINITE"})


def read_source(
    origin: str | os.PathLike[str] | IO[bytes] | bytes,
    *,
    name: str | None = None,
    limits: SourceLimits = SourceLimits(),  # noqa: B008  # frozen
) -> Source:
    """Read a document in UTF-8 from a file, a stream or bytes.

    A document larger than the limit is refused before it is read.

    Args:
        origin: The path of a file (a `str` is a path, never text), a binary stream,
            or the bytes themselves.
        name: Name for messages; the path, or the name of the stream, unless given.
            Its ending tells YAML from JSON.
        limits: How large the document may be.

    Raises:
        InputError: The file cannot be read, or the document is refused.
    """
    limit = limits.bytes
    if isinstance(origin, bytes):
        name = name or "<bytes>"
        if len(origin) > limit:
            raise InputError(too_large(name, limit))
        data = origin
    elif isinstance(origin, (str, os.PathLike)):
        name = _sayable(name or os.fspath(origin))
        data = source_bytes.read_path(origin, name=name, limit=limit)
    else:
        name = _sayable(name or str(getattr(origin, "name", "<stream>")))
        data = source_bytes.read_stream(origin, name=name, limit=limit)
    return parse_text(source_bytes.decode(data, name=name), name=name, limits=limits)


def parse_text(
    text: str,
    *,
    name: str = "<text>",
    syntax: Syntax | None = None,
    limits: SourceLimits = SourceLimits(),  # noqa: B008  # frozen
) -> Source:
    """Parse *text* as YAML or JSON.

    Args:
        text: The document.
        name: Name for messages.
        syntax: What the text is. Unless told, a name in `.json` means JSON, a name in
            `.yaml` or `.yml` means YAML, of which JSON is a part, and other text is
            JSON if it begins with `{`.
        limits: How large the document may be.

    Raises:
        InputError: The document is refused; every duplicate key is told at once,
            anything else stops at the first.
    """
    if len(text) > limits.bytes or utf8_size(text) > limits.bytes:
        raise InputError(too_large(name, limits.bytes))
    text = text.removeprefix("\ufeff")
    forbidden = forbidden_in(text)
    if forbidden is not None:
        raise InputError(forbidden)
    if not text.strip():
        raise InputError(empty_document(name))
    begins_as_json = text.lstrip().startswith("{")
    if syntax is None and begins_as_json and _is_yaml_name(name):
        return _parse_either(text, name, limits)
    if syntax is None:
        is_json = name.lower().endswith(".json") or (
            begins_as_json and not _is_yaml_name(name)
        )
        syntax = "json" if is_json else "yaml"
    return _parse(text, name, syntax, limits)


def source_of(
    value: object,
    *,
    name: str = "<document>",
    limits: SourceLimits = SourceLimits(),  # noqa: B008  # frozen
) -> Source:
    """Return decoded JSON-like data, such as a GraphQL variable, as a source.

    The source has no places. Booleans, integers, decimals and subclasses of `float`
    that know their text become text.

    Args:
        value: Mappings with text keys, lists, tuples and scalars.
        name: Name for messages.
        limits: How large the document may be; its bytes are those of all texts.

    Raises:
        InputError: The data exceeds a limit, or holds what is not plain data: a binary
            float, which is not the number that was written, or a key that is not text.
    """
    builder = TreeBuilder(limits)
    read_decoded(value, builder, name=name, limits=limits)
    return builder.finish(name)


def _parse(text: str, name: str, syntax: Syntax, limits: SourceLimits) -> Source:
    builder = TreeBuilder(limits)
    if syntax == "json":
        read_json(text, builder)
    else:
        read_yaml(text, builder, name=name)
    return builder.finish(name)


def _parse_either(text: str, name: str, limits: SourceLimits) -> Source:
    """Parse a YAML file that looks like JSON as JSON, of which YAML reads not all."""
    try:
        return _parse(text, name, "json", limits)
    except InputError as error:
        if not any(found.reason in _NOT_JSON for found in error.problems):
            raise
    return _parse(text, name, "yaml", limits)


def _is_yaml_name(name: str) -> bool:
    return name.lower().endswith(_YAML_SUFFIXES)


def _sayable(name: str) -> str:
    """Return a file name that can stand in any message."""
    return name.encode("utf-8", "replace").decode("utf-8")
