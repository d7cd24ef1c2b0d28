"""Domain objects to plain data and back, by cattrs, with every error at its place."""

from __future__ import annotations

import datetime as dt
import difflib
import enum
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from ..errors import MOST_PROBLEMS, InputError, Path, Problem
from .forms import FORMS, Form, refusal

T = TypeVar("T")


def key_of(name: str) -> str:
    """Return the document key of an attribute: `from` for `from_`."""
    return name.removesuffix("_")


def document_keys(cls: type) -> tuple[str, ...]:
    """Return the keys that a document of *cls* may have, in order."""
    return tuple(key_of(a.name) for a in attrs.fields(cls))


def structure(converter: cattrs.Converter, data: object, cls: type[T]) -> T:
    """Return *data* as an object of *cls*.

    Raises:
        InputError: With the problems in *data*, a hundred at most, each with its path.
    """
    try:
        return converter.structure(data, cls)
    except (InputError, cattrs.BaseValidationError) as error:
        raise InputError(*islice(_problems(error, ()), MOST_PROBLEMS)) from None


@cache
def checking_converter() -> cattrs.Converter:
    """The converter for what people and clients send: finds all errors at once."""
    return _converter(detailed=True)


@cache
def stored_converter() -> cattrs.Converter:
    """The converter for stored documents, which were checked before: fast."""
    return _converter(detailed=False)


@cache
def native_converter() -> cattrs.Converter:
    """The converter that leaves days as days, for YAML."""
    converter = _converter(detailed=False)
    converter.register_unstructure_hook(dt.date, lambda day: day)
    return converter


def _converter(*, detailed: bool) -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=detailed, forbid_extra_keys=True)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_enum, _enum_hook)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    converter.register_unstructure_hook_factory(attrs.has, _class_unstructure_hook)
    for type_, form in FORMS.items():
        converter.register_structure_hook(type_, _scalar_hook(form))
        if isinstance(type_, type):
            converter.register_unstructure_hook(type_, form.write)
    return converter


def _scalar_hook(form: Form) -> Callable[[object, object], Any]:
    return lambda value, _: form.structure(value)


def _is_tuple(type_: object) -> bool:
    return get_origin(type_) is tuple


def _is_enum(type_: object) -> bool:
    return isinstance(type_, type) and issubclass(type_, enum.Enum)


def _tuple_hook(type_: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    item = get_args(type_)[0]
    list_type = GenericAlias(list, (item,))
    as_list = converter.get_structure_hook(list_type)
    as_item = converter.get_structure_hook(item)

    def hook(value: object, _: object) -> tuple[Any, ...]:
        if item is str and isinstance(value, str):
            return (value,)
        if not isinstance(value, list):
            raise refusal(
                "NOT_A_LIST",
                "ここにはリストを書きます",
                "a list belongs here",
                "[...]",
            )
        if converter.detailed_validation:
            return tuple(_items(value, item, as_item))
        return tuple(as_list(value, list_type))

    return hook


def _items(
    values: list[object], item: Any, as_item: Callable[[Any, Any], Any]
) -> Iterator[Any]:
    """Yield the items of a list, or raise with those that failed, not all of them."""
    failed: list[Exception] = []
    for index, value in enumerate(values):
        try:
            yield as_item(value, item)
        except (InputError, cattrs.BaseValidationError) as error:
            note = IterableValidationNote(f"item {index}", index, item)
            error.__notes__ = [note, *getattr(error, "__notes__", ())]
            failed.append(error)
            if len(failed) >= MOST_PROBLEMS:
                break
    if failed:
        raise cattrs.IterableValidationError("list", failed, tuple)


def _enum_hook(type_: Any, _: cattrs.Converter) -> Callable[[Any, Any], Any]:
    members = {m.value: m for m in type_}

    def hook(value: object, _: object) -> Any:
        text = FORMS[str].structure(value)
        if text in members:
            return members[text]
        allowed = ", ".join(members)
        raise refusal(
            "UNKNOWN_VALUE",
            f"「{text[:40]}」は使えません。次のどれかを書きます：{allowed}",
            f"{text[:40]!r} is not one of: {allowed}",
            closest(text, members),
        )

    return hook


def _class_hook(cls: Any, converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    renamed = {
        a.name: override(rename=key_of(a.name))
        for a in attrs.fields(cls)
        if key_of(a.name) != a.name
    }
    build = make_dict_structure_fn(cls, converter, **renamed)  # type: ignore[arg-type]
    optional = {
        key_of(a.name) for a in attrs.fields(cls) if a.default is not attrs.NOTHING
    }

    def hook(value: object, _: object) -> Any:
        if not isinstance(value, dict):
            keys = ", ".join(document_keys(cls)[:6])
            raise refusal(
                "NOT_A_MAPPING",
                f"ここには項目の集まりを書きます（項目：{keys}）",
                f"a mapping belongs here, with keys such as {keys}",
                f"{{{document_keys(cls)[0]}: ...}}",
            )
        given = {k: v for k, v in value.items() if v is not None or k not in optional}
        return build(given, cls)

    return hook


def _class_unstructure_hook(
    cls: Any, converter: cattrs.Converter
) -> Callable[[Any], Any]:
    overrides = {
        a.name: override(omit_if_default=True, rename=key_of(a.name))
        for a in attrs.fields(cls)
    }
    return make_dict_unstructure_fn(cls, converter, **overrides)  # type: ignore[arg-type]


def closest(text: str, known: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """Return the known name that *text* is probably meant to be.

    Capitals, hyphens and missing underscores make no difference: `fiveW1h` is meant to
    be `five_w1h`, and `BRUSH_UP` is `brush_up`.
    """
    plain = {_plain(name): name for name in known}
    if _plain(text[:64]) in plain:
        return plain[_plain(text[:64])]
    matches = difflib.get_close_matches(text[:64], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


def _problems(error: BaseException, path: Path) -> Iterator[Problem]:
    if isinstance(error, InputError):
        for problem in error.problems:
            yield attrs.evolve(problem, path=path + problem.path)
    elif isinstance(error, cattrs.ForbiddenExtraKeysError):
        yield from _unknown_keys(error, path)
    elif isinstance(error, KeyError):
        yield _missing_key(str(error.args[0]), path)
    elif isinstance(error, cattrs.BaseValidationError):
        for inner in error.exceptions:
            yield from _problems(inner, path + _step(inner))
    else:
        raise error


def _step(error: BaseException) -> Path:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return () if isinstance(error, KeyError) else (key_of(note.name),)
        if isinstance(note, IterableValidationNote):
            return (int(note.index),)
    return ()


def _unknown_keys(
    error: cattrs.ForbiddenExtraKeysError, path: Path
) -> Iterator[Problem]:
    known = document_keys(error.cl)
    for key in sorted(error.extra_fields):
        yield unknown_key(key, known, path)


def unknown_key(key: str, known: tuple[str, ...], path: Path) -> Problem:
    """Return the problem of a key that is none of the *known* ones, at *path*."""
    meant = closest(key, known)
    ja = f"もしかして「{meant}」" if meant else f"使える項目：{', '.join(known)}"
    en = f"did you mean {meant!r}?" if meant else f"known are: {', '.join(known)}"
    return Problem(
        reason="UNKNOWN_KEY",
        message_ja=f"「{key[:60]}」という項目はありません。{ja}",
        message_en=f"there is no key {key[:60]!r}; {en}",
        path=(*path, key),
        hint=meant,
    )


def _missing_key(key: str, path: Path) -> Problem:
    return Problem(
        reason="MISSING_KEY",
        message_ja=f"必須の項目「{key}」がありません",
        message_en=f"the key {key!r} is missing",
        path=path,
        hint=f"{key}: ...",
    )
