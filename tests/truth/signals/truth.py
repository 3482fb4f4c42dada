"""What truly happened, as the log shows it: who was not heard from when to when, and what was down.

All times are log times, in milliseconds since the world began.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from tests.truth.signals.force import Unit
from tests.truth.signals.happenings import Happened
from tests.truth.signals.instances import Instances
from tests.truth.signals.pings import Pings
from tests.truth.signals.places import Ints
from tests.truth.signals.words import Word
from tests.truth.signals.worlds import LOSSES, MINUTE_MS, Kind, Span, World

ON_TIME_MS = 2_000
WAITED_FOR_MS = 10 * MINUTE_MS
"""How long an instance that was killed and never comes back is waited for."""
BELIEVED = 2
"""So many fixes of a stuck receiver look as good as any."""


class Outage(NamedTuple):
    """Something was down; ``sources`` are those whose units may not have been heard for it.

    A ``gap`` is all of ingest, an ``instance`` one of several; ``name`` is the source or instance.
    """

    kind: Literal["gateway", "clock", "gap", "instance"]
    name: str
    span: Span
    sources: frozenset[str]


class Absence(NamedTuple):
    """A unit was not heard (``is_silent``), or without a position, after ``last`` until ``again``.

    It can be missed from ``due`` on, and has to be by ``deadline``: a threshold after it was last
    heard, or after the last outage that may have hidden it.
    """

    kind: Kind
    last: int
    again: int
    due: int
    deadline: int
    said_at: int
    is_silent: bool

    @property
    def is_loss(self) -> bool:
        """Whether nobody said anything about it."""
        return self.kind in LOSSES

    @property
    def has_to_be_told(self) -> bool:
        """Whether it lasted long enough."""
        return self.again > self.deadline + ON_TIME_MS

    @property
    def was_hidden(self) -> bool:
        """Whether an outage hid it for a while."""
        return self.deadline > self.due

    @property
    def visible(self) -> int:
        """Since when nothing hides it."""
        return self.deadline - (self.due - self.last)

    def holds(self, at: int) -> bool:
        """Whether it was going on, or as good as."""
        return self.last < at <= self.again + ON_TIME_MS


class Truth(NamedTuple):
    """By place in the force, the absences; and all outages but the masts'."""

    absences: dict[int, Absence]
    outages: list[Outage]


def truth_of(
    world: World,
    force: list[Unit],
    happened: dict[int, Happened],
    pings: Pings,
    words: list[Word],
) -> Truth:
    """The truth of a world."""
    outages = _outages(world, force, pings)
    spoken: dict[int, list[int]] = {}
    for word in words:
        spoken.setdefault(word.unit, []).append(word.at)
    absences = {}
    order = np.argsort(pings.unit, kind="stable")
    starts = np.searchsorted(pings.unit[order], np.arange(len(force) + 1))
    for place, what in happened.items():
        own = order[starts[place] : starts[place + 1]]
        made, at = pings.made[own], pings.at[own]
        last, again = _bounds(what, made, at, spoken.get(place, []))
        unit = force[place]
        deadline = _deadline(unit, last, outages, is_silent=what.is_silent)
        due = last + unit.source.threshold_ms
        absences[place] = Absence(
            what.kind, last, again, due, deadline, what.said_at, what.is_silent
        )
    return Truth(absences, outages)


def _bounds(what: Happened, made: Ints, at: Ints, spoken: list[int]) -> tuple[int, int]:
    """When a unit was last heard before it was not, and first again; before the world ends."""
    since, until = what.span
    before, after = at[made < since].tolist(), at[made >= until].tolist()
    if what.kind == "stuck":
        before = at[made < until].tolist()[: len(before) + BELIEVED]
    if what.is_silent and what.kind != "said_late":
        before += [time for time in spoken if time < what.span.until - MINUTE_MS]
        after += [time for time in spoken if time >= until]
    return max(before), min(after)


def _deadline(unit: Unit, last: int, outages: list[Outage], *, is_silent: bool) -> int:
    deadline, before = last + unit.source.threshold_ms, 0
    while deadline != before:
        before = deadline
        for outage in outages:
            hides = unit.source.name in outage.sources and (outage.kind != "clock" or not is_silent)
            if hides and outage.span.meets(Span(last, deadline + ON_TIME_MS)):
                deadline = max(deadline, outage.span.until + unit.source.threshold_ms)
    return deadline


def _outages(world: World, force: list[Unit], pings: Pings) -> list[Outage]:
    everyone = frozenset(source.name for source in world.sources)
    found = []
    for down in world.outages:
        for span in down.spans():
            if down.kind == "gateway":
                heard = _of_source(down.source, force, pings)
                found.append(
                    Outage("gateway", down.source, _around(heard, span), frozenset([down.source]))
                )
            elif down.kind == "clock":
                longest = max(source.expected_s for source in world.sources) * 1000
                over = Span(span.since, span.until + longest)
                found.append(Outage("clock", down.source, over, frozenset([down.source])))
            elif down.kind == "mast":
                continue
            elif set(down.instances) == set(world.instances):
                found.append(Outage("gap", "", span, everyone))
            elif not down.farewell:
                until = span.since + WAITED_FOR_MS if down.renamed else span.until
                found += [
                    Outage(
                        "instance",
                        _called(world, name, span.since),
                        Span(span.since, until),
                        _posting_to(world, name),
                    )
                    for name in down.instances
                ]
    return found


def _of_source(name: str, force: list[Unit], pings: Pings) -> Ints:
    own = np.flatnonzero([unit.source.name == name for unit in force])
    heard: Ints = pings.at[np.isin(pings.unit, own)]
    return heard


def _around(heard: Ints, span: Span) -> Span:
    """From the last that was heard before a span to the first after it."""
    first = int(np.searchsorted(heard, span.since))
    last = int(np.searchsorted(heard, span.until))
    return Span(int(heard[first - 1]), int(heard[min(last, len(heard) - 1)]))


def _called(world: World, instance: str, at: int) -> str:
    """What an instance called itself when it went down."""
    lives = Instances(world).lives[world.instances.index(instance)]
    return next(life.name for life in lives if life.span.since <= at <= life.span.until)


def _posting_to(world: World, instance: str) -> frozenset[str]:
    number, many = world.instances.index(instance), len(world.instances)
    return frozenset(
        source.name
        for place, source in enumerate(world.sources)
        if source.name not in world.sticky or place % many == number
    )
