"""Whatever the order of the revisions and however often each is told, the figures are the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.days import Days
from services.contracts.derived import Visit
from services.metrics.figures import Figures
from services.metrics.timeline import Key, key_of
from services.metrics.visits import Visits
from tests.support.derived import DAY_MS, MINUTE_MS, NOON, a_visit

LONDON = Days(ZoneInfo("Europe/London"), time(0))
TODAY = LONDON.span(LONDON.day_of(NOON))
HOT_SPOTS = ("hs-1", "hs-2")


@st.composite
def histories(draw: st.DrawFn) -> list[Visit]:
    """Revisions of a few visits; a revision is one visit's only once."""
    told = []
    for visit_id in draw(st.lists(st.sampled_from("abcdef"), unique=True)):
        for revision in draw(st.lists(st.integers(0, 50), min_size=1, max_size=5, unique=True)):
            state = draw(st.sampled_from(["open", "closed", "retracted"]))
            told.append(
                a_visit(
                    visit_id,
                    entered_at=TODAY.start + draw(st.integers(-9 * DAY_MS, 2 * DAY_MS)),
                    minutes=draw(st.integers(1, 90)),
                    hotspot_id=draw(st.sampled_from(HOT_SPOTS)),
                    ring=draw(st.sampled_from(["core", "catchment"])),
                    revision=revision,
                    state=state,
                )
            )
    return told


def folded(told: Sequence[Visit], now: int = NOON) -> Visits:
    visits = Visits(LONDON)
    visits.turn(now)
    for visit in told:
        visits.apply(0, visit)
    return visits


def seen(visits: Visits) -> tuple[object, ...]:
    listed = list(visits.since(Key(0, "")))
    return listed, visits.open(), [visits.figures(each) for each in HOT_SPOTS]


def by_hand(told: Sequence[Visit], hotspot_id: str) -> Figures:
    """The figures, reckoned anew from everything that was told."""
    newest: dict[str, Visit] = {}
    for visit in sorted(told, key=lambda visit: visit.revision):
        newest[visit.visit_id] = visit
    figures = Figures()
    for visit in newest.values():
        if (visit.hotspot_id, visit.ring) != (hotspot_id, "core") or visit.state == "retracted":
            continue
        if visit.state == "open":
            figures.present.add(visit.visit_id)
        if TODAY.start <= visit.entered_at < TODAY.end:
            figures.low_ms += visit.low_ms
            figures.estimate_ms += visit.duration_ms
            figures.high_ms += visit.high_ms
    return figures


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(told: list[Visit], chance: random.Random) -> None:
    shuffled = [*told, *chance.choices(told, k=len(told))] if told else []
    chance.shuffle(shuffled)
    assert seen(folded(shuffled)) == seen(folded(told))


@given(histories())
def test_todays_figures_are_those_reckoned_by_hand(told: list[Visit]) -> None:
    visits = folded(told)
    for hotspot_id in HOT_SPOTS:
        assert visits.figures(hotspot_id) == by_hand(told, hotspot_id)


@given(histories(), st.integers(0, 3 * DAY_MS))
def test_a_process_that_goes_on_shows_what_a_new_one_would(told: list[Visit], later: int) -> None:
    running = folded(told)
    running.turn(NOON + later)
    assert seen(running) == seen(folded(told, NOON + later))


@given(histories())
def test_the_list_is_in_order_and_can_be_entered_anywhere(told: list[Visit]) -> None:
    visits = folded(told)
    listed = list(visits.since(Key(0, "")))
    keys = [key_of(visit) for visit in listed]
    assert keys == sorted(keys)
    for place, key in enumerate(keys):
        assert list(visits.since(key)) == listed[place:]


@given(st.integers(0, 4_000_000_000), st.integers(0, 23 * 60 + 59))
def test_every_moment_lies_in_the_day_it_belongs_to(minute: int, starts: int) -> None:
    days = Days(ZoneInfo("Europe/London"), time(starts // 60, starts % 60))
    at = (minute % 53_000_000) * MINUTE_MS
    span = days.span(days.day_of(at))
    assert span.start <= at < span.end
