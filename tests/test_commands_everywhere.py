"""Every command of the services can be given by GraphQL and from the command line.

A command is a class of the services that says who acts, in an attribute `by`. What runs
it is found by following the code of mutations and subcommands, so that a new command
without either is noticed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import click
import pytest

import clusterplan as cp
from clusterplan.api.commands import MUTATIONS
from clusterplan.cli import cli
from service_commands import COMMANDS, function_of


def names_in(code: CodeType) -> Iterator[str]:
    """Yield the names that a piece of code, or a function in it, looks up."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from names_in(inner)


def names_reached(function: Callable[..., Any]) -> set[str]:
    """Return all names that a function looks up, and those that it calls beside it."""
    waiting, seen = [inspect.unwrap(function)], set[Any]()
    names: set[str] = set()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, FunctionType) or each in seen:
            continue
        seen.add(each)
        found = set(names_in(each.__code__))
        names |= found
        for name in found:
            called = each.__globals__.get(name) or getattr(cp.Book, name, None)
            home = getattr(called, "__module__", "")
            if home in (each.__module__, cp.Book.__module__):
                waiting.append(called)
    return names


def subcommands(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every command that can be given, and the function that it is."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from subcommands(inner, (*path, name))
    elif command.callback is not None:
        yield " ".join(path), command.callback


def running(command: type[Any], ways: dict[str, Callable[..., Any]]) -> list[str]:
    """Return the ways that make a command, and call what runs it."""
    wanted = {command.__name__, function_of(command)}
    return [name for name, way in ways.items() if wanted <= names_reached(way)]


def test_there_are_commands() -> None:
    """The search finds those that are known, so that it is no empty promise."""
    names = {command.__name__ for command in COMMANDS}
    assert {"ImportPlan", "TakeStep", "FillReport", "AdoptRevision"} <= names


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.__name__)
def test_a_command_is_a_mutation_of_its_name(command: type[Any]) -> None:
    """TakeStep is `takeStep`, and that is what it runs."""
    ways: dict[str, Callable[..., Any]] = {m.name: m.run for m in MUTATIONS}
    assert running(command, ways) == [function_of(command)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.__name__)
def test_a_command_can_be_given_from_the_command_line(command: type[Any]) -> None:
    """By a subcommand, whatever that is called."""
    assert running(command, dict(subcommands(cli)))


def test_every_mutation_is_a_command() -> None:
    """What changes something goes through the services."""
    assert {m.name for m in MUTATIONS} == {function_of(c) for c in COMMANDS}
