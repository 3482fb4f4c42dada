"""What happens to single units: at most one thing to each, drawn by the shares of the world.

A true loss may happen at any time, an outage's too. Of the others the moments in which they are
told lie outside the outages that concern them: of words that were lost nobody can know.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tests.truth.signals.force import Unit, mast_outages
from tests.truth.signals.worlds import LOSSES, MINUTE_MS, Happening, Kind, Span, World

EARLIEST_MS = 20 * MINUTE_MS
TRIES = 200
"""How many times are drawn for one outside the outages; then nothing happens to the unit."""
MAST_ASIDE_MS = 12 * MINUTE_MS
"""How far from its mast's outages anything happens to a unit: each silence has one cause."""
BEFORE_MS = 8 * MINUTE_MS
SOON_MS = 2 * MINUTE_MS
SAID_LATE_MS = (6 * MINUTE_MS, 15 * MINUTE_MS)
"""How long after a radio was switched off its word of it arrives: after it was missed."""
STRAY_MS = 5 * MINUTE_MS
"""How long before their radio is off officers book off at most, or their duty ends."""


class Happened(NamedTuple):
    """What happened to a unit: it is not heard, or shows no position, in ``span``.

    ``said_at`` is when an officer booked off, a duty ended or a late word arrives.
    """

    kind: Kind
    span: Span
    said_at: int

    @property
    def is_silent(self) -> bool:
        """Whether nothing is heard of it, rather than no position."""
        return self.kind not in {"blind", "stuck", "tunnel_without_gps"}


def happened(world: World, force: list[Unit]) -> dict[int, Happened]:
    """By place in the force, whatever happens in a world."""
    rng = np.random.default_rng([world.seed, 2])
    order = rng.permutation(len(force)).tolist()
    found: dict[int, Happened] = {}
    for kind, happening in world.happenings.items():
        many = round(happening.share * len(force))
        theirs, order = order[:many], order[many:]
        for place in theirs:
            drawn = _draw(world, force[place], kind, happening, rng)
            if drawn is not None:
                found[place] = drawn
    return found


def _draw(
    world: World, unit: Unit, kind: Kind, happening: Happening, rng: np.random.Generator
) -> Happened | None:
    masts = [
        Span(span.since - MAST_ASIDE_MS, span.until + MAST_ASIDE_MS)
        for span in mast_outages(world, unit)
    ]
    avoided = [] if kind in LOSSES else _concerning(world, unit)
    for _ in range(TRIES):
        long = round(rng.uniform(*happening.minutes) * MINUTE_MS)
        since = int(rng.integers(EARLIEST_MS, world.ends - long - BEFORE_MS))
        span = Span(since, since + long)
        if kind == "said_late":
            said_at = since + int(rng.integers(*SAID_LATE_MS))
        else:
            said_at = since - int(rng.integers(STRAY_MS))
        moments = [
            Span(since - BEFORE_MS, since + SOON_MS),
            Span(span.until - SOON_MS, span.until + SOON_MS),
            Span(said_at - SOON_MS, said_at + SOON_MS),
        ]
        if not (
            any(span.meets(mast) for mast in masts)
            or any(moment.meets(outage) for moment in moments for outage in avoided)
        ):
            return Happened(kind, span, said_at)
    return None


def _concerning(world: World, unit: Unit) -> list[Span]:
    """The outages in which a unit's words may be lost."""
    return [
        span
        for down in world.outages
        if down.kind in {"ingest", "hang"} or down.source == unit.source.name
        for span in down.spans()
    ]
