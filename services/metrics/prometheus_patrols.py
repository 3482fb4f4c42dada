"""Counts patrols when they are first told as over."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, get_args

from prometheus_client import CollectorRegistry

from services.edge.families import counter
from services.metrics.compliance.verdicts import Kind

KINDS: tuple[Kind, ...] = get_args(Kind)

REMEMBERED_MS = 72 * 60 * 60 * 1000
"""How long a patrol that was counted is known, from the end of the newest; over two days."""


class ClosedPatrol(NamedTuple):
    """A patrol that is over: its visits, when it ended (epoch ms) and what it is now."""

    visit_ids: Collection[str]
    ended_at: int
    kind: Kind


def patrols_closed(registry: CollectorRegistry) -> Callable[[Collection[ClosedPatrol]], None]:
    """Counts those that were not over before; it is to hear of all of today and of the day before.

    What it hears first is history. A patrol that a late fix joins, parts or prolongs was told
    already: it is known by its visits. Every label begins at 0.
    """
    closed = counter(registry, "stepsix_patrols_closed_total")
    for kind in KINDS:
        closed.labels(kind)
    known: dict[str, int] | None = None
    """When each visit's patrol ended; None until the first call."""

    def count(patrols: Collection[ClosedPatrol]) -> None:
        nonlocal known
        if known is not None:
            for patrol in patrols:
                if known.keys().isdisjoint(patrol.visit_ids):
                    closed.labels(patrol.kind).inc()
        known = _remembered(known or {}, patrols)

    return count


def _remembered(known: dict[str, int], patrols: Collection[ClosedPatrol]) -> dict[str, int]:
    ended = known | {each: patrol.ended_at for patrol in patrols for each in patrol.visit_ids}
    newest = max(ended.values(), default=0)
    return {each: at for each, at in ended.items() if at > newest - REMEMBERED_MS}
