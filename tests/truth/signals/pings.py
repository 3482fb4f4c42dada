"""What radios send and when it comes into the log, if it does: through gateways and ingests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.truth.signals.force import Unit, mast_outages
from tests.truth.signals.happenings import Happened
from tests.truth.signals.instances import Instances
from tests.truth.signals.places import Ints
from tests.truth.signals.worlds import Span, World

ON_THE_WAY_MS = (50, 1_500)
FLOOD_MS = 5_000
"""How long a gateway takes to post what it has kept."""
RETRIED_MS = 20_000
"""How long after an ingest is back those who posted in vain have all tried again."""


class Pings(NamedTuple):
    """Pings in the order of the log: made when, in it when, of which unit, by which ingest.

    ``unit`` is a place in the force, ``instance`` one in the world's ``instances``.
    """

    made: Ints
    at: Ints
    unit: Ints
    instance: Ints

    def where(self, kept: NDArray[np.bool_]) -> Pings:
        """Those that are kept."""
        return Pings(*(column[kept] for column in self))


def pings_of(world: World, force: list[Unit], happened: dict[int, Happened]) -> Pings:
    """All that come into the log."""
    rng = np.random.default_rng([world.seed, 4])
    each = [_sent(world, unit, happened.get(place), rng) for place, unit in enumerate(force)]
    made = np.concatenate(each)
    unit = np.repeat(np.arange(len(force)), [len(one) for one in each])
    pings = Pings(made, made, unit, np.zeros_like(unit))
    pings = _through_gateways(world, force, pings, rng)
    pings = _through_ingest(world, force, pings, rng)
    pings = pings.where(pings.at < world.ends)
    order = np.lexsort((pings.made, pings.at))
    return Pings(*(column[order] for column in pings))


def _sent(world: World, unit: Unit, what: Happened | None, rng: np.random.Generator) -> Ints:
    """When a radio sends a ping that its mast takes."""
    interval_ms, jitter = unit.source.interval_s * 1000, unit.source.jitter
    many = int(world.ends / (interval_ms * (1 - jitter))) + 1
    gaps = interval_ms * (1 + jitter * rng.uniform(-1, 1, many))
    made = (rng.uniform(0, interval_ms) + np.cumsum(gaps)).astype(np.int64)
    taken = rng.random(many) >= world.missing
    taken[1:] |= ~taken[:-1]
    silent = mast_outages(world, unit)
    if what is not None and what.is_silent:
        silent.append(what.span)
    return made[taken & ~_within(made, silent)]


def _through_gateways(
    world: World, force: list[Unit], pings: Pings, rng: np.random.Generator
) -> Pings:
    at = pings.at + rng.integers(*ON_THE_WAY_MS, len(pings.at))
    batch = np.array([unit.source.batch_s for unit in force])[pings.unit] * 1000
    batched = batch > 0
    at[batched] += -at[batched] % batch[batched] + rng.integers(0, 300, batched.sum())
    source = np.array([unit.source.name for unit in force])[pings.unit]
    kept = np.full(len(at), fill_value=True)
    for down in world.outages:
        if down.kind != "gateway":
            continue
        for span in down.spans():
            meanwhile = (source == down.source) & _within(at, [span])
            if down.fate == "lost":
                kept &= ~meanwhile
            else:
                at[meanwhile] = span.until + rng.integers(0, FLOOD_MS, meanwhile.sum())
    return pings._replace(at=at).where(kept)


def _through_ingest(
    world: World, force: list[Unit], pings: Pings, rng: np.random.Generator
) -> Pings:
    """To an instance that takes them; the first after the one meant to that is not stopped."""
    instances, many = Instances(world), len(world.instances)
    names = [source.name for source in world.sources]
    source = np.array([names.index(unit.source.name) for unit in force])[pings.unit]
    sticky = np.isin(source, [names.index(name) for name in world.sticky])
    instance = np.where(sticky, source % many, rng.integers(many, size=len(source)))
    at, kept = pings.at.copy(), np.full(len(source), fill_value=True)
    for _ in range(many):
        for number in range(many):
            stopped = (instance == number) & _within(at, instances.stopped[number])
            instance[stopped] = (number + 1) % many
    for number in range(many):
        for span, fate in instances.away(number):
            meanwhile = (instance == number) & _within(at, [span])
            if fate == "lost":
                kept &= ~meanwhile
            else:
                at[meanwhile] = span.until + rng.integers(0, RETRIED_MS, meanwhile.sum())
    return pings._replace(at=at, instance=instance).where(kept)


def _within(at: Ints, spans: Sequence[Span]) -> NDArray[np.bool_]:
    found = np.zeros(len(at), dtype=bool)
    for since, until in spans:
        found |= (since <= at) & (at < until)
    return found
