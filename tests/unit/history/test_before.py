"""What a day showed, as its log is read: live figures, then settlements."""

from __future__ import annotations

from services.contracts.derived import Settlement
from services.geofence.history.before import Before
from services.geofence.history.period import Period
from tests.support.derived import DAY_MS, NOON, a_visit

PERIOD = Period(NOON - DAY_MS // 2, NOON + DAY_MS // 2)
DAY = "2026-06-01"


def announced(run: int, day: str = DAY) -> Settlement:
    return Settlement(
        partition=0, day=day, since=PERIOD.since, until=PERIOD.until, run=run, end_offset=9
    )


def shown(*messages: object) -> list[str]:
    """The ids of the visits that a day shows after these."""
    return [visit.visit_id for visit in folded(*messages).visits()]


def folded(*messages: object) -> Before:
    before = Before(DAY, PERIOD)
    for message in messages:
        before.take([message])
    return before


def test_live_visits_by_their_highest_revision() -> None:
    newer, older = a_visit(revision=5, minutes=9), a_visit(revision=4)
    assert folded(newer, older).visits() == [newer]


def test_a_retracted_visit_and_those_of_other_days_are_not_shown() -> None:
    assert shown(a_visit("gone", state="open"), a_visit("gone", state="retracted")) == []
    assert shown(a_visit("before", entered_at=PERIOD.since - 1)) == []
    assert shown(a_visit("after", entered_at=PERIOD.until)) == []
    moved = a_visit("moved", revision=2, entered_at=PERIOD.until)
    assert shown(a_visit("moved", revision=1), moved) == []


def test_a_settlement_replaces_the_live_visits_for_ever() -> None:
    final = a_visit("v-2", settled=True)
    before = folded(a_visit("v-1"), announced(7), final, a_visit("v-1", revision=99))
    assert before.visits() == [final]
    assert before.run == 7


def test_of_two_settlements_the_later_run_holds_in_whichever_order() -> None:
    first, second = a_visit("first", settled=True), a_visit("second", settled=True)
    assert shown(announced(7), first, announced(8), second) == ["second"]
    assert shown(announced(8), second, announced(7), first) == ["second"]


def test_final_visits_of_another_day_are_its_own() -> None:
    other = a_visit("other", settled=True)
    assert shown(a_visit("v-1"), announced(9, "2026-05-31"), other) == ["v-1"]
    assert shown(announced(7), announced(9, "2026-05-31"), other) == []


def test_what_is_neither_is_passed_over() -> None:
    assert shown("Undecodable", a_visit("v-1")) == ["v-1"]
