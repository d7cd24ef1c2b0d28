"""What comes first, where some things wait for others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import TypeVar

T = TypeVar("T")
_Edges = Mapping[T, Collection[T]]


def in_order(before: Mapping[T, Iterable[T]]) -> tuple[T, ...]:
    """Return the keys of *before*, each after all that it waits for.

    The order of the keys is kept as far as it can be. What waits for itself in a ring
    stays together, in the order of the keys; what is no key is not waited for.
    """
    known = {
        name: [b for b in earlier if b in before] for name, earlier in before.items()
    }
    places = {name: place for place, name in enumerate(known)}
    rings = {
        ring[0]: ring
        for ring in (sorted(r, key=places.__getitem__) for r in _rings(known))
    }
    head = {name: first for first, ring in rings.items() for name in ring}
    waits = {
        first: {head[b] for name in ring for b in known[name]} - {first}
        for first, ring in rings.items()
    }
    return tuple(name for first in _by_place(waits, places) for name in rings[first])


def _by_place(waits: _Edges[T], places: Mapping[T, int]) -> Iterator[T]:
    """Yield what waits for nothing any more, the first by its place; no rings."""
    keys, followers = list(places), _reversed(waits)
    left = {name: len(earlier) for name, earlier in waits.items()}
    ready = [places[name] for name, number in left.items() if not number]
    heapify(ready)
    while ready:
        name = keys[heappop(ready)]
        yield name
        for follower in followers[name]:
            left[follower] -= 1
            if not left[follower]:
                heappush(ready, places[follower])


def _reversed(edges: _Edges[T]) -> dict[T, list[T]]:
    found: dict[T, list[T]] = {name: [] for name in edges}
    for name, others in edges.items():
        for other in others:
            found[other].append(name)
    return found


def _rings(edges: _Edges[T]) -> Iterator[list[T]]:
    """Yield the keys in groups that wait for each other; most are alone."""
    finished: list[T] = []
    seen: set[T] = set()
    for name in edges:
        finished += _reached(name, edges, seen)
    back = _reversed(edges)
    seen.clear()
    for name in reversed(finished):
        if ring := list(_reached(name, back, seen)):
            yield ring


def _reached(start: T, edges: _Edges[T], seen: set[T]) -> Iterator[T]:
    """Yield what *start* leads to and is not *seen* yet, the farthest first.

    Without recursion: a chain may be as long as a document.
    """
    if start in seen:
        return
    seen.add(start)
    trail = [(start, iter(edges[start]))]
    while trail:
        name, others = trail[-1]
        following = next((o for o in others if o not in seen), None)
        if following is None:
            trail.pop()
            yield name
        else:
            seen.add(following)
            trail.append((following, iter(edges[following])))
