"""The demonstration: fictional plans that offices make, report on and revise.

Plans are not put into the store as they are: the commands of the library are run, each
by the office whose turn it is, on days that are chosen from the day of the demonstration.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator

from ..core.files import PlanFile
from ..core.services.domain import Domain
from ..core.store import Store
from .local import LOCAL_STORIES
from .regional import REGIONAL_STORIES
from .season import Season
from .stage import MovingClock, Stage, Story
from .strategic import STRATEGIC_STORIES

__all__ = ["STORIES", "play"]

STORIES: tuple[Story, ...] = (*STRATEGIC_STORIES, *REGIONAL_STORIES, *LOCAL_STORIES)
"""One story a plan, in the order in which they begin on the same day."""

_Scene = tuple[dt.date, int, Iterator[dt.date]]


def play(store: Store, domain: Domain) -> tuple[PlanFile, ...]:
    """Set up the fictional plans as they stand on the day that *domain* has.

    Stories run side by side, so that the log is in the order of time. A plan that the
    store has already is left as it is, also on a later day. The same day in an empty
    store gives the same plans, cases and times.

    Returns:
        The newest texts of the plans that were made.

    Raises:
        PlanError: A command was refused; what was done before it stays.
    """
    season = Season.of(domain.today())
    clock = MovingClock()
    stages = [
        Stage(name=story.name, store=store, domain=domain, clock=clock, season=season)
        for story in STORIES
    ]
    told = [
        (story, stage)
        for story, stage in zip(STORIES, stages, strict=True)
        if not stage.is_taken()
    ]
    tales = enumerate(story.tell(stage) for story, stage in told)
    scenes = [scene for number, tale in tales for scene in _next(number, tale)]
    heapq.heapify(scenes)
    while scenes:
        day, number, tale = heapq.heappop(scenes)
        clock.move_to(day)
        for scene in _next(number, tale):
            heapq.heappush(scenes, scene)
    return tuple(stage.file for _, stage in told)


def _next(number: int, tale: Iterator[dt.date]) -> Iterator[_Scene]:
    """Let a story go on to the next of its days, if it has one."""
    for day in itertools.islice(tale, 1):
        yield (day, number, tale)
