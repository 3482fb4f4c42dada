"""What holds of planned against delivered, whoever was where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from services.contracts.derived import Bounds, StatusSpan, Visit
from services.contracts.reference import Duty, MinutesEach, Plan, Reference, Window
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol, added
from tests.support.beat import MONDAY, Beat
from tests.support.derived import DAY_MS, MINUTE_MS, a_visit

RADIOS = ("A", "B", "C")
DAYS = [MONDAY + timedelta(days=number) for number in range(-1, 4)]
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MIDNIGHT = Beat().at("00:00")
GAP_MINUTES = 30
STATUSES = (None, None, "on_patrol", "at_scene", "refreshments", "en_route", "emergency")
CLOCKS = [f"{hour:02}:00" for hour in range(24)]


class World(NamedTuple):
    """What the log tells: who decided what, and the visits of Monday and Tuesday."""

    starts: str
    reference: list[Reference]
    visits: list[Visit]

    def beat(self, visits: Iterable[Visit] | None = None) -> Beat:
        """All that was decided, and all its visits but for those given."""
        beat = Beat(starts=self.starts)
        for message in self.reference:
            beat.knows(message)
        for visit in self.visits if visits is None else visits:
            beat.told(visit)
        return beat


@st.composite
def visits(draw: DrawFn, radio_id: str) -> list[Visit]:
    """A radio's visits, one after the other; each lasts an hour at most."""
    found, at = [], MIDNIGHT + draw(st.integers(0, 30 * 60)) * MINUTE_MS
    for number in range(draw(st.integers(0, 5))):
        at += draw(st.sampled_from([1, 3, 4, 10, 29, 31, 200])) * MINUTE_MS
        length = draw(st.integers(1, 60))
        found.append(draw(_visit(f"v-{radio_id}-{number}", radio_id, at, length)))
        at += length * MINUTE_MS
    return found


@st.composite
def _visit(draw: DrawFn, visit_id: str, radio_id: str, at: int, length: int) -> Visit:
    lacking, adding = draw(st.integers(0, length)), draw(st.integers(0, 5))
    changes = sorted(draw(st.sets(st.integers(0, length - 1), max_size=2)) | {0})
    spans = [
        StatusSpan(status=word, since=at + since * MINUTE_MS, until=at + until * MINUTE_MS)
        for since, until in pairwise((*changes, length))
        if (word := draw(st.sampled_from(STATUSES))) is not None
    ]
    return a_visit(
        visit_id,
        entered_at=at,
        minutes=length,
        radio_id=radio_id,
        low_ms=(length - lacking) * MINUTE_MS,
        high_ms=(length + adding) * MINUTE_MS,
        statuses=spans,
    )


@st.composite
def plans(draw: DrawFn) -> Plan:
    """A plan for every day, with windows of an hour or more that do not meet."""
    hours = sorted(draw(st.sets(st.integers(0, 23), max_size=6)))
    edges = list(zip(hours[::2], hours[1::2], strict=False))
    return Plan(
        plan_id="p-1",
        hotspot_id="hs-1",
        windows=[
            Window(since=CLOCKS[a], until=CLOCKS[b], patrols=draw(st.integers(1, 3)))
            for a, b in edges
        ],
        minutes_each=MinutesEach(low=10, high=20),
        minutes_per_day=draw(st.sampled_from([0, 20, 60])),
        effective_from=0,
        changed_by="test",
        weekdays=EVERY_DAY,
        slack_minutes=draw(st.sampled_from([0, 10])),
        judge_by=draw(st.sampled_from(["patrols", "minutes", "both"])),
        min_gap_minutes=GAP_MINUTES,
    )


@st.composite
def duties(draw: DrawFn, radio_id: str) -> list[Duty]:
    """Some duties of a radio, of one or two officers each."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        since = MIDNIGHT + draw(st.integers(0, 40)) * 60 * MINUTE_MS
        found.append(
            Duty(
                duty_id=f"d-{radio_id}-{number}",
                radio_id=radio_id,
                since=since,
                until=since + draw(st.integers(1, 12)) * 60 * MINUTE_MS,
                officer_ids=draw(
                    st.lists(st.sampled_from(["P1", "P2", "P3"]), min_size=1, unique=True)
                ),
                effective_from=0,
                changed_by="test",
                hotspot_ids=draw(st.sampled_from([[], ["hs-1"], ["hs-2"]])),
            )
        )
    return found


@st.composite
def worlds(draw: DrawFn) -> World:
    """A plan, or none, and two days of three radios."""
    reference: list[Reference] = [draw(plans())] if draw(st.booleans()) else []
    told: list[Visit] = []
    for radio_id in RADIOS:
        reference += draw(duties(radio_id))
        told += draw(visits(radio_id))
    return World(draw(st.sampled_from(["00:00", "06:00"])), reference, told)


def judged(beat: Beat, now: int = MIDNIGHT + 6 * DAY_MS) -> list[DayFigures]:
    """Every day about those two."""
    beat.projection.turn(now)
    return [beat.ledger.on("hs-1", day, now) for day in DAYS]


def is_within(inner: Bounds, outer: Bounds) -> bool:
    """Whether it is no more, bound by bound."""
    pairs = zip(msgspec.structs.astuple(inner), msgspec.structs.astuple(outer), strict=True)
    return all(a <= b for a, b in pairs)


def times(day: DayFigures) -> Iterator[Bounds]:
    """Every time that is told of a day."""
    whole: list[DayFigures | JudgedPatrol] = [day, *day.patrols]
    for figures in whole:
        yield figures.patrol_time
        yield figures.officer_time
        yield figures.allocated_time
        yield figures.other_time


@given(worlds())
def test_bounds_are_in_order(world: World) -> None:
    for day in judged(world.beat()):
        for each in times(day):
            assert 0 <= each.low_ms <= each.estimate_ms <= each.high_ms


@given(worlds())
def test_a_union_is_no_more_than_the_sum_and_some_officers_are_no_more_than_all(
    world: World,
) -> None:
    for day in judged(world.beat()):
        for patrol in day.patrols:
            assert is_within(patrol.patrol_time, patrol.officer_time)
            assert is_within(patrol.allocated_time, patrol.officer_time)


@given(worlds())
def test_each_visit_belongs_to_one_patrol_of_one_day(world: World) -> None:
    found = [
        visit.visit_id
        for day in judged(world.beat())
        for patrol in day.patrols
        for visit in patrol.patrol.visits
    ]
    assert sorted(found) == sorted(visit.visit_id for visit in world.visits)


@given(worlds())
def test_patrols_that_count_are_a_gap_apart(world: World) -> None:
    spans = [
        patrol.patrol.span
        for day in judged(world.beat())
        for patrol in day.patrols
        if patrol.counts
    ]
    for before, after in pairwise(sorted(spans)):
        assert after.start - before.end >= GAP_MINUTES * MINUTE_MS


@given(visits("A"))
def test_what_one_radio_did_is_the_sum_of_its_visits(told: list[Visit]) -> None:
    days = judged(World("00:00", [], told).beat())
    both = added(each for day in days for each in (day.patrol_time, day.other_time))
    assert both.low_ms == sum(visit.low_ms for visit in told)
    assert both.estimate_ms == sum(visit.duration_ms for visit in told)
    assert both.high_ms <= sum(visit.high_ms for visit in told)


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_messages_does_not_matter(world: World, random: Random) -> None:
    shuffled = list(world.visits)
    random.shuffle(shuffled)
    assert judged(world.beat(shuffled)) == judged(world.beat())


@given(worlds(), st.integers(0, 3 * 24 * 60), st.integers(0, 24 * 60), st.integers(0, 1))
def test_as_time_passes_nothing_that_is_met_is_lost(
    world: World, at_minutes: int, later_minutes: int, going_on: int
) -> None:
    now = MIDNIGHT + at_minutes * MINUTE_MS
    told = sorted(
        (visit for visit in world.visits if visit.left_at is not None and visit.left_at <= now),
        key=lambda visit: visit.last_fix_time,
    )
    last = [
        msgspec.structs.replace(visit, state="open", left_at=None) for visit in told[-1:] * going_on
    ]
    beat = world.beat([*told[: len(told) - going_on], *last])
    before = judged(beat, now)
    after = judged(beat, now + later_minutes * MINUTE_MS)
    for then, since in zip(before, after, strict=True):
        if then.status == "met":
            assert since.status == "met"
        for one, same in zip(then.windows, since.windows, strict=True):
            assert same.delivered >= one.delivered
            assert one.outcome != "delivered" or same.outcome == "delivered"


@given(worlds(), st.data())
def test_two_radios_in_turn_for_one_add_no_patrol_time(world: World, data: st.DataObject) -> None:
    plain = [
        msgspec.structs.replace(
            visit, statuses=[], low_ms=visit.duration_ms, high_ms=visit.duration_ms
        )
        for visit in world.visits
    ]
    parts: list[Visit] = []
    for visit in plain:
        assert visit.left_at is not None
        ends = st.integers(visit.entered_at, visit.left_at)
        first, second = data.draw(ends), data.draw(ends)
        parts.append(cut(visit, visit.entered_at, max(first, second)))
        other = msgspec.structs.replace(
            visit, visit_id=f"{visit.visit_id}-b", radio_id=f"{visit.radio_id}-b"
        )
        parts.append(cut(other, min(first, second), visit.left_at))
    assert patrol_time(world.beat(parts)) == patrol_time(world.beat(plain))


def cut(visit: Visit, since: int, until: int) -> Visit:
    """A part of a visit whose length is certain."""
    length = until - since
    return msgspec.structs.replace(
        visit,
        entered_at=since,
        last_fix_time=until,
        left_at=until,
        duration_ms=length,
        low_ms=length,
        high_ms=length,
    )


def patrol_time(beat: Beat) -> Bounds:
    """All patrol time of all days."""
    return added(day.patrol_time for day in judged(beat))


@given(worlds(), worlds())
def test_visits_of_far_away_days_change_nothing(world: World, another: World) -> None:
    far = [_moved(visit, days) for visit in another.visits for days in (-6, 6)]
    assert judged(world.beat([*world.visits, *far]))[1:-1] == judged(world.beat())[1:-1]


def _moved(visit: Visit, days: int) -> Visit:
    by_ms = days * DAY_MS
    assert visit.left_at is not None
    return msgspec.structs.replace(
        visit,
        visit_id=f"{visit.visit_id}-{days}",
        entered_at=visit.entered_at + by_ms,
        last_fix_time=visit.last_fix_time + by_ms,
        left_at=visit.left_at + by_ms,
        statuses=[
            StatusSpan(
                status=each.status,
                since=each.since + by_ms,
                until=None if each.until is None else each.until + by_ms,
            )
            for each in visit.statuses
        ],
    )
