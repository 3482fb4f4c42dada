"""Each number of a hot spot's day can be made again from the terms that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.metrics.compliance_explained import Explainer
from services.metrics.compliance_resources import Day
from services.metrics.explanation_resources import ExplanationResource
from tests.support.beat import Beat

BOUNDS = ("low", "estimate", "high")


class Stay(NamedTuple):
    """A visit in minutes after noon; for ``busy`` ones, the first, its officers did other work."""

    radio: str
    start: int
    length: int
    busy: int
    doubt: int


STAYS = st.lists(
    st.builds(
        Stay,
        radio=st.sampled_from("ABC"),
        start=st.integers(0, 180),
        length=st.integers(1, 30),
        busy=st.integers(0, 12),
        doubt=st.integers(0, 8),
    ),
    max_size=8,
)


def clock(minute: int) -> str:
    return f"{12 + minute // 60:02}:{minute % 60:02}"


def a_beat(stays: Sequence[Stay]) -> Beat:
    """Two officers on A, one of whom carries B as well and is allocated elsewhere; C on no duty."""
    beat = Beat()
    beat.plan(("12:00", "14:00", 2), ("15:00", "16:00", 1), minutes=40, judge_by="both")
    beat.duty("A", "11:00", "14:00", officers=("P1", "P2"))
    beat.duty("B", "11:00", "17:00", officers=("P2",), places=("hs-9",))
    for stay in stays:
        end = stay.start + stay.length
        busy = min(stay.start + stay.busy, end)
        low = max(0, stay.length - stay.doubt)
        beat.visit(
            stay.radio,
            clock(stay.start),
            clock(end),
            bounds=(low, stay.length + stay.doubt),
            statuses=[("at_scene", clock(stay.start), clock(busy))] if stay.busy else [],
        )
    return beat


def explained(beat: Beat) -> ExplanationResource:
    figures = beat.day("mon")
    now = beat.at("sun 12:00")
    judge = beat.ledger.judge_of("hs-1", now)
    last = beat.ledger.last_patrol("hs-1", beat.date("mon"), now)
    return Explainer(judge, Day(figures, last, settled=False), "view").explanation()


def adds_up(
    total: Mapping[str, float], terms: Iterable[Mapping[str, float]], twice: object = None
) -> None:
    several = list(terms)
    taken_off: Any = twice or dict.fromkeys(BOUNDS, 0)
    for bound in BOUNDS:
        found = sum(each[bound] for each in several) - taken_off[bound]
        assert found == pytest.approx(total[bound])


@given(STAYS)
def test_times_are_the_sums_of_their_terms_down_to_visits(stays: list[Stay]) -> None:
    beat = a_beat(stays)
    told: Any = explained(beat)
    patrols = told["patrols"]
    for name in ("patrol_minutes", "officer_minutes", "allocated_minutes"):
        adds_up(told["figures"][name], [each[name] for each in patrols])
    other = [each["other_minutes"] for each in patrols]
    adds_up(told["figures"]["other_minutes"], other, told["other_twice_minutes"])
    for patrol in patrols:
        own = patrol["stays"]
        counted = [each["counted_minutes"] for each in own]
        adds_up(patrol["patrol_minutes"], counted, patrol["patrol_twice_minutes"])
        other = [each["other_minutes"] for each in own]
        adds_up(patrol["other_minutes"], other, patrol["other_twice_minutes"])
        officers = patrol["officers"]
        adds_up(patrol["officer_minutes"], [each["minutes"] for each in officers])
        adds_up(patrol["allocated_minutes"], [each["allocated_minutes"] for each in officers])
        for officer in officers:
            radios = officer["radios"]
            adds_up(
                officer["minutes"], [each["minutes"] for each in radios], officer["twice_minutes"]
            )
            allocated = [each["minutes"] for each in radios if each["allocated"]]
            adds_up(officer["allocated_minutes"], allocated, officer["allocated_twice_minutes"])
        for stay in own:
            visits = stay["visits"]
            for what in ("counted", "other"):
                terms = [each[f"{what}_minutes"] for each in visits]
                adds_up(stay[f"{what}_minutes"], terms, stay[f"{what}_twice_minutes"])
            for visit in visits:
                adds_up(visit["minutes"], [visit["counted_minutes"], visit["other_minutes"]])
                known = beat.projection.visits.get(visit["visit_id"])
                assert known is not None
                expected = (known.low_ms, known.duration_ms, known.high_ms)
                found = tuple(round(visit["minutes"][bound] * 60_000) for bound in BOUNDS)
                assert found == expected


@given(STAYS)
def test_time_in_common_counts_once_minute_by_minute(stays: list[Stay]) -> None:
    told: Any = explained(a_beat([each._replace(doubt=0) for each in stays]))
    number = {f"v-{at + 1}": each for at, each in enumerate(stays)}
    for patrol in told["patrols"]:
        own = [number[each] for each in patrol["visit_ids"]]
        on_patrol = {minute for each in own for minute in on_patrol_of(each)}
        assert patrol["patrol_minutes"]["estimate"] == len(on_patrol)
        on_a = {minute for each in own if each.radio == "A" for minute in on_patrol_of(each)}
        on_a = {minute for minute in on_a if minute < 120}  # to the end of its duty
        assert patrol["allocated_minutes"]["estimate"] == 2 * len(on_a)


def on_patrol_of(stay: Stay) -> range:
    return range(min(stay.start + stay.busy, stay.start + stay.length), stay.start + stay.length)


@given(STAYS)
def test_numbers_are_of_the_patrols_that_they_name(stays: list[Stay]) -> None:
    told: Any = explained(a_beat(stays))
    figures, patrols = told["figures"], told["patrols"]
    by_id = {each["patrol_id"]: each for each in patrols}
    for number in told["numbers"]:
        assert number["number"] == len(number["patrol_ids"]) == figures[number["figure"]]
    named = {
        each["figure"]: {by_id[one]["verdict"] for one in each["patrol_ids"]}
        for each in told["numbers"]
    }
    assert named["short_patrols"] <= {"short"}
    assert named["qualifying_patrols"] <= {"qualifying", "long"}
    assert figures["planned_patrols"] == sum(each["planned"] for each in told["windows"])
    for window in told["windows"]:
        counting = [each for each in window["patrol_ids"] if by_id[each]["counts"]]
        assert window["delivered"] == len(counting)
    last = told["last_patrol"]
    assert (last is None) == (figures["days_since_last_patrol"] is None)
    if last is not None:
        assert by_id[last["patrol_id"]]["counts"]
