"""The limits in force for a fix, and for how long they are the same."""

from __future__ import annotations

from typing import TypedDict, Unpack

import pytest

from services.contracts.reference import Deleted, Radio, Reference, Source
from services.contracts.register import Register
from services.geofence.limits import limits_at
from services.geofence.zone import ALWAYS, FOREVER
from tests.support.square import Details, fix


class Said(TypedDict, total=False):
    """What a source may say for itself."""

    expected_interval_s: float
    unknown_after_s: float
    usable_accuracy_m: float


def source(since: int = 0, **said: Unpack[Said]) -> Source:
    return Source(source="s", name="s", effective_from=since, changed_by="a", **said)


def radio(since: int = 0, interval_s: float | None = None) -> Radio:
    return Radio(
        radio_id="r-1", effective_from=since, changed_by="a", expected_interval_s=interval_s
    )


@pytest.mark.parametrize(
    ("settings", "seconds"),
    [
        ([], 180),
        ([source()], 180),
        ([source(expected_interval_s=90)], 270),
        ([source(expected_interval_s=90), radio(interval_s=120)], 360),
        ([source(expected_interval_s=90), radio(interval_s=None)], 270),
        ([radio(interval_s=5)], 180),
        ([source(unknown_after_s=45.5), radio(interval_s=120)], 45.5),
    ],
)
def test_when_a_gap_is_unknown(settings: list[Source | Radio], seconds: float) -> None:
    register = Register()
    for offset, message in enumerate(settings):
        register.apply(offset, message)
    assert limits_at(register, "r-1", "s", 1_000).unknown_after_ms == seconds * 1000


def test_they_hold_between_the_changes_around_a_time() -> None:
    register = Register()
    changes: list[Reference] = [
        source(100, usable_accuracy_m=50),
        radio(300, 60),
        Deleted(type="source", id="s", effective_from=400, changed_by="a"),
    ]
    for offset, message in enumerate(changes):
        register.apply(offset, message)
    found = [limits_at(register, "r-1", "s", at) for at in (99, 100, 299, 300, 400)]
    assert [(limits.since, limits.until) for limits in found] == [
        (ALWAYS, 100),
        (100, 300),
        (100, 300),
        (300, 400),
        (400, FOREVER),
    ]
    assert [limits.usable_accuracy_m for limits in found] == [100, 50, 50, 50, 100]


@pytest.mark.parametrize(
    ("given", "metres"),
    [
        ({"accuracy_m": 7.0, "hdop": 2.0}, 7.0),
        ({"accuracy_m": 0.0}, 0.0),
        ({"accuracy_m": None, "hdop": 2.0}, 10.0),
        ({"accuracy_m": None}, 15.0),
    ],
)
def test_the_circle_is_given_or_by_hdop_or_by_default(given: Details, metres: float) -> None:
    limits = limits_at(Register(), "r-1", "s", 0)
    assert limits.accuracy_m(fix(0, 0, **given)) == metres
