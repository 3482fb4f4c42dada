"""However partitions and topics come interleaved, a settled day is as its newest run says."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.days import Days
from services.contracts.derived import Settlement, Timesheet, Visit
from services.contracts.reference import Duty
from services.metrics.duties import duty_time
from services.metrics.projection import Projection
from services.metrics.timeline import Key
from services.metrics.timesheets import Key as SheetKey
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    NOON,
    a_settlement,
    a_timesheet,
    a_visit,
)

LONDON = Days(ZoneInfo("Europe/London"), time(0))
TODAY = LONDON.span(LONDON.day_of(NOON))
YESTERDAY = TODAY.start - DAY_MS
PARTITIONS = (0, 1)
Said = Visit | Timesheet | Settlement
Stream = tuple[str, int]
"""A topic and a partition: what one log keeps in order."""

hours = st.integers(-5, 28).map(lambda hour: YESTERDAY + hour * HOUR_MS)
"""Some before yesterday, most of it in it, some today."""


@st.composite
def visits(draw: st.DrawFn, partition: int) -> Visit:
    return a_visit(
        f"{partition}-{draw(st.sampled_from('abcde'))}",
        entered_at=draw(hours),
        minutes=draw(st.integers(1, 50)),
        radio_id=f"T-{partition}",
        revision=draw(st.integers(0, 9)),
        state=draw(st.sampled_from(["open", "closed", "retracted"])),
    )


@st.composite
def sheets(draw: st.DrawFn, partition: int) -> Timesheet:
    since = draw(hours)
    inside = draw(st.integers(0, HOUR_MS))
    return a_timesheet(
        f"T-{partition}",
        since=since,
        until=since + draw(st.sampled_from([0, HOUR_MS])),
        inside_ms=inside,
        outside_ms=HOUR_MS - inside,
        unknown_ms=0,
        revision=draw(st.integers(0, 9)),
    )


def is_yesterdays(said: Visit | Timesheet) -> bool:
    at = said.entered_at if isinstance(said, Visit) else said.since
    return YESTERDAY <= at < TODAY.start


def identity(said: Visit | Timesheet) -> object:
    return said.visit_id if isinstance(said, Visit) else (said.radio_id, said.since)


@st.composite
def histories(draw: st.DrawFn) -> dict[Stream, list[Said]]:
    """Live figures, then runs of yesterday's settlement among more of them, in each stream."""
    streams: dict[Stream, list[Said]] = {}
    for topic, kind in (("visits", visits), ("timesheets", sheets)):
        for partition in PARTITIONS:
            some: st.SearchStrategy[list[Any]] = st.lists(kind(partition), max_size=6)
            said: list[Said] = [*draw(some)]
            for run in draw(st.lists(st.integers(1, 9), max_size=3, unique=True)):
                final = {identity(each): each for each in draw(some) if is_yesterdays(each)}
                said.append(a_settlement(partition, since=YESTERDAY, run=run))
                said += [msgspec.structs.replace(each, settled=True) for each in final.values()]
                said += draw(some)
            streams[topic, partition] = said
    return streams


def projected(order: Sequence[tuple[Stream, Said]]) -> Projection:
    projection = Projection(LONDON)
    projection.turn(NOON)
    for (topic, partition), said in order:
        if isinstance(said, Settlement):
            projection.settle(topic, partition, said)
        else:
            projection.apply(partition, said)
    return projection


def seen(projection: Projection) -> tuple[list[Visit], list[Timesheet]]:
    listed = list(projection.visits.since(Key(0, "")))
    return listed, list(projection.timesheets.since(SheetKey(0, "")))


def in_turn(streams: Mapping[Stream, Sequence[Said]]) -> list[tuple[Stream, Said]]:
    return [(stream, said) for stream, all_said in streams.items() for said in all_said]


def final_figures(stream: Sequence[Said]) -> list[Visit | Timesheet] | None:
    """What the newest run says; None where there was none."""
    runs = [said.run for said in stream if isinstance(said, Settlement)]
    if not runs:
        return None
    newest, found = False, []
    for said in stream:
        if isinstance(said, Settlement):
            newest = said.run == max(runs)
        elif said.settled and newest:
            found.append(said)
    return found


def is_shown(said: Visit | Timesheet) -> bool:
    return said.state != "retracted" if isinstance(said, Visit) else said.until > said.since


@given(histories(), st.randoms(use_true_random=False))
def test_any_interleaving_of_the_streams_shows_the_same(
    streams: dict[Stream, list[Said]], chance: random.Random
) -> None:
    places = [stream for stream, said in streams.items() for _ in said]
    chance.shuffle(places)
    left = {stream: iter(said) for stream, said in streams.items()}
    shuffled = [(stream, next(left[stream])) for stream in places]
    assert seen(projected(shuffled)) == seen(projected(in_turn(streams)))


@given(histories())
def test_a_settled_day_is_what_its_newest_run_says(streams: dict[Stream, list[Said]]) -> None:
    shown = seen(projected(in_turn(streams)))
    for (topic, partition), stream in streams.items():
        expected = final_figures(stream)
        if expected is None:
            continue
        listed = shown[0] if topic == "visits" else shown[1]
        found = [
            each for each in listed if each.radio_id == f"T-{partition}" and is_yesterdays(each)
        ]
        assert sorted(found, key=str) == sorted(filter(is_shown, expected), key=str)


@given(histories())
def test_what_was_shown_before_and_is_no_more_is_told(streams: dict[Stream, list[Said]]) -> None:
    """A client that upserts what it is told ends with what the lists show."""
    order = in_turn(streams)
    projection = projected([])
    client: dict[str, Visit] = {}
    for (topic, partition), said in order:
        if isinstance(said, Settlement):
            projection.settle(topic, partition, said)
        else:
            projection.apply(partition, said)
        for visit_id in projection.take_changes().visits:
            visit = projection.visits.get(visit_id)
            assert visit is not None
            client[visit_id] = visit
    held = {key for key, visit in client.items() if visit.state != "retracted"}
    assert held == {visit.visit_id for visit in seen(projection)[0]}


@given(histories(), hours, st.integers(0, 12), hours)
def test_a_dutys_time_is_conserved(
    streams: dict[Stream, list[Said]], since: int, length: int, now: int
) -> None:
    """Sheets of an hour that begin on the hour never overlap, so that no time counts twice."""
    timesheets = projected(in_turn(streams)).timesheets
    duty = Duty(
        duty_id="d",
        radio_id="T-0",
        since=since,
        until=since + length * HOUR_MS,
        officer_ids=["P1"],
        effective_from=0,
        changed_by="test",
    )
    time_ = duty_time(duty, 0, timesheets, now)
    assert time_.inside_ms + time_.outside_ms + time_.unknown_ms == time_.elapsed_ms
    assert min(time_.inside_ms, time_.outside_ms, time_.unknown_ms) >= 0
    assert time_.elapsed_ms <= length * HOUR_MS
