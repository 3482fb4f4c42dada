"""The episodes of sources and of the pipeline held against the truth: each outage told once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.truth.signals.episodes import Episode
from tests.truth.signals.truth import ON_TIME_MS, Outage
from tests.truth.signals.worlds import MINUTE_MS, World

TOLD_AFTER_MS = {"gap": 12_000, "instance": 12_000, "clock": 5 * MINUTE_MS}
"""How long an outage lasts that has to be told. A gateway's: its units' threshold."""


class Retold(NamedTuple):
    """Of the ``lasting`` outages so many were told ``once``; ``invented`` episodes were none."""

    lasting: int
    once: int
    invented: int


def retold(
    world: World, outages: Sequence[Outage], partitions: Sequence[Sequence[Episode]]
) -> Retold:
    """How the outages of a world were told by its partitions.

    They agree on the ids, but of a wrong clock, which each partition sees by its own units: that
    is told once where none tells it twice.
    """
    told: dict[int, list[set[str]]] = {
        place: [set() for _ in partitions] for place in range(len(outages))
    }
    invented = set()
    for number, episodes in enumerate(partitions):
        for episode in episodes:
            place = _matching(outages, episode)
            if place is None:
                invented.add(episode.signal.episode_id)
            else:
                told[place][number].add(episode.signal.episode_id)
    lasting = [place for place, outage in enumerate(outages) if _has_to_be_told(world, outage)]
    once = [place for place in lasting if _is_told_once(outages[place], told[place])]
    return Retold(len(lasting), len(once), len(invented))


def _is_told_once(outage: Outage, told: Sequence[set[str]]) -> bool:
    if outage.kind == "clock":
        return max(len(ids) for ids in told) == 1
    return len(set().union(*told)) == 1


def _matching(outages: Sequence[Outage], episode: Episode) -> int | None:
    """The place of the outage that an episode tells."""
    signal, at = episode.signal, episode.declared_at
    for place, outage in enumerate(outages):
        since, until = outage.span
        if not since <= at <= until + ON_TIME_MS:
            continue
        if outage.kind in {"gateway", "clock"}:
            is_silence = signal.type == "lost"
            if signal.source == outage.name and is_silence == (outage.kind == "gateway"):
                return place
        elif signal.cause == "pipeline" and (signal.instance or "") == outage.name:
            return place
    return None


def _has_to_be_told(world: World, outage: Outage) -> bool:
    since, until = outage.span
    if outage.kind == "gateway":
        (source,) = (source for source in world.sources if source.name == outage.name)
        return until - since > source.threshold_ms + ON_TIME_MS
    return until - since > TOLD_AFTER_MS[outage.kind]
