"""The judge of the chaos tests must find what it is there to find."""

from __future__ import annotations

import msgspec
import pytest

from services.contracts.derived import Visit
from services.contracts.topics import DEAD_LETTERS, VISITS
from tests.chaos.verdict import differences, is_unexpected, wrong_in_visits
from tests.support.offline import Line, Outputs

SENDER = "Unexpected error in sender routine"
BROKER_FAILED = "aiokafka.errors.UnknownError: [Error -1] UnknownError"
A, B, C = Line(b"r-1", b"a"), Line(b"r-1", b"b"), Line(b"r-1", b"c")
VISIT = Visit(
    visit_id="v-1",
    radio_id="r-1",
    source="airwave",
    hotspot_id="hs-1",
    hotspot_version=1,
    ring="core",
    entered_at=0,
    last_fix_time=0,
    duration_ms=0,
    low_ms=0,
    high_ms=0,
    fixes=1,
    revision=7,
    state="open",
)
CLOSED = msgspec.structs.replace(VISIT, revision=8, state="closed")


def outputs(*lines: Line, letters: tuple[Line, ...] = ()) -> Outputs:
    return {(VISITS.name, 0): list(lines), (DEAD_LETTERS.name, 0): list(letters)}


def test_the_same_records_are_no_difference() -> None:
    assert list(differences(outputs(A, B), outputs(A, B))) == []


@pytest.mark.parametrize(
    "found",
    [(A,), (A, B, B), (B, A), (A, C), (A, B, C)],
    ids=["lost", "twice", "in another order", "another", "one more"],
)
def test_any_other_records_are_a_difference(found: tuple[Line, ...]) -> None:
    (told,) = differences(outputs(*found), outputs(A, B))
    assert told.startswith("visits/0, record ")


def test_a_dead_letter_is_a_difference() -> None:
    (told,) = differences(outputs(A, letters=(B,)), outputs(A))
    assert told.startswith("dead-letters/0, record 0 (1 of 0)")


def test_visits_open_and_closed_with_each_revision_once_are_right() -> None:
    assert list(wrong_in_visits([VISIT, CLOSED])) == []


def test_a_revision_told_twice_is_wrong() -> None:
    assert list(wrong_in_visits([VISIT, CLOSED, CLOSED])) == [
        "visit v-1 has its revision 8 2 times"
    ]


def test_without_any_closed_visit_the_test_is_worth_nothing() -> None:
    assert list(wrong_in_visits([VISIT])) == ["the test is worth nothing: no visit was closed"]


@pytest.mark.parametrize(
    ("line", "unexpected"),
    [
        ('{"event": "Task exception was never retrieved", "level": "error"}', True),
        ('{"event": "partition task failed", "exception": "Traceback (most recent"}', True),
        ("Traceback (most recent call last):", True),
        (f'{{"event": "{SENDER}", "exception": "Traceback ... KeyError: 5"}}', True),
        (f'{{"event": "{SENDER}", "exception": "Traceback ... {BROKER_FAILED}"}}', False),
        ('{"event": "partition task failed", "reason": "a later claim exists"}', False),
    ],
)
def test_only_exceptions_that_nobody_expected_are_wrong_in_a_log(
    line: str,
    unexpected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_unexpected(line) == unexpected
