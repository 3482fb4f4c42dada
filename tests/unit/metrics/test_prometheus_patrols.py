"""Patrols are counted once, when they are first told as over."""

from __future__ import annotations

from prometheus_client import CollectorRegistry

from services.metrics.compliance.verdicts import Kind
from services.metrics.prometheus_patrols import (
    KINDS,
    REMEMBERED_MS,
    ClosedPatrol,
    patrols_closed,
)
from tests.support.derived import NOON


def closed(*visit_ids: str, kind: Kind = "qualifying", ended_at: int = NOON) -> ClosedPatrol:
    return ClosedPatrol(visit_ids, ended_at, kind)


def after(*rounds: list[ClosedPatrol]) -> dict[str, float]:
    """What is counted by kind, kinds without any left out, once these rounds were heard."""
    registry = CollectorRegistry()
    count = patrols_closed(registry)
    for patrols in rounds:
        count(patrols)
    by_kind = {
        kind: registry.get_sample_value("stepsix_patrols_closed_total", {"kind": kind})
        for kind in KINDS
    }
    return {kind: value for kind, value in by_kind.items() if value}


def test_every_kind_begins_at_zero() -> None:
    registry = CollectorRegistry()
    patrols_closed(registry)
    for kind in KINDS:
        assert registry.get_sample_value("stepsix_patrols_closed_total", {"kind": kind}) == 0


def test_what_is_heard_first_is_history() -> None:
    assert after([closed("v-1"), closed("v-2")]) == {}


def test_a_patrol_counts_when_it_is_first_over_and_by_its_kind_then() -> None:
    first, second = closed("v-1"), closed("v-2", kind="short")
    assert after([], [first], [first, second], [first, second]) == {"qualifying": 1, "short": 1}
    assert after([], [second], [closed("v-2", kind="long")]) == {"short": 1}


def test_a_patrol_that_late_fixes_join_or_part_is_no_other() -> None:
    one, other = closed("v-1"), closed("v-2")
    both = closed("v-0", "v-1", "v-2", "v-3")
    assert after([], [one, other], [both]) == {"qualifying": 2}
    assert after([], [one], [closed("v-0", "v-1")]) == {"qualifying": 1}
    assert after([], [both], [one, other, closed("v-3", "v-0")]) == {"qualifying": 1}


def test_a_patrol_that_is_retracted_for_a_while_is_not_counted_again() -> None:
    assert after([], [closed("v-1")], [], [closed("v-1")]) == {"qualifying": 1}


def test_what_can_be_heard_no_more_is_forgotten() -> None:
    later = closed("v-2", ended_at=NOON + REMEMBERED_MS)
    assert after([], [closed("v-1")], [later], [closed("v-1")]) == {"qualifying": 3}
