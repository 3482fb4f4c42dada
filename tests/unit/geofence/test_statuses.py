"""Officers' statuses: which of them held while a visit lasted, and when that is told."""

from __future__ import annotations

import pytest

from services.contracts.derived import StatusSpan, Visit
from services.geofence.statuses import HOLDS_MS, MOST, Given, forget, held, put
from tests.support.listening import saying
from tests.support.square import Town, at, fix, hotspot, status, tick

HOUR_MS = 3_600_000


def given(*said: tuple[int, str]) -> list[Given]:
    statuses: list[Given] = []
    for when, word in said:
        put(statuses, when, word)
    return statuses


def spans(*said: tuple[str, int, int]) -> list[StatusSpan]:
    return [StatusSpan(status=word, since=since, until=until) for word, since, until in said]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], []),
        ([(5, "a")], [("a", 10, 20)]),
        ([(10, "a")], [("a", 10, 20)]),
        ([(12, "a")], [("a", 12, 20)]),
        ([(20, "a")], []),
        ([(5, "a"), (12, "b"), (25, "c")], [("a", 10, 12), ("b", 12, 20)]),
        ([(5, "a"), (12, "a"), (15, "b")], [("a", 10, 15), ("b", 15, 20)]),
        ([(12, "b"), (5, "a")], [("a", 10, 12), ("b", 12, 20)]),
        ([(12, "a"), (12, "b")], [("b", 12, 20)]),
        ([(10 - HOLDS_MS, "a")], []),
        ([(15 - HOLDS_MS, "a")], [("a", 10, 15)]),
    ],
)
def test_what_held_in_a_visit(
    said: list[tuple[int, str]], expected: list[tuple[str, int, int]]
) -> None:
    assert held(given(*said), 10, 20) == spans(*expected)


def test_what_held_at_a_moment() -> None:
    assert held(given((5, "a"), (10, "b"), (11, "c")), 10, 10) == spans(("b", 10, 10))


def test_what_is_forgotten_held_before() -> None:
    statuses = given((1, "a"), (5, "b"), (12, "c"))
    forget(statuses, 4)
    assert [each.at for each in statuses] == [1, 5, 12]
    forget(statuses, 10)
    assert [each.at for each in statuses] == [5, 12]
    forget(statuses, 12)
    assert [each.at for each in statuses] == [12]


def test_what_is_said_again_and_again_takes_no_room() -> None:
    step = HOUR_MS // 60
    statuses = given(*((number * step, "a") for number in range(10 * MOST)))
    assert len(statuses) <= MOST
    end = (10 * MOST - 1) * step + HOLDS_MS
    assert held(statuses, 0, end + HOUR_MS) == spans(("a", 0, end))


def test_a_visit_tells_of_the_newest_where_there_are_too_many() -> None:
    statuses = given(*((number, "ab"[number % 2]) for number in range(2 * MOST)))
    told = held(statuses, 0, 2 * MOST)
    assert (len(told), told[-1]) == (MOST, *spans(("b", 2 * MOST - 1, 2 * MOST)))


def told(visit: Visit) -> list[tuple[str, int, int | None]]:
    return [(span.status, span.since, span.until) for span in visit.statuses]


def test_a_visit_lists_the_statuses_that_held_while_it_lasted() -> None:
    town = Town(hotspot())
    [entered] = town.visits(status(-50, "on_patrol"), fix(0, 300), fix(60, 0))
    assert told(entered) == [("on_patrol", at(30), at(60))]
    control_room = saying(status(100, "at_scene"), source="cad")
    assert town.visits(fix(90, 0), control_room) == []
    [grown] = town.visits(fix(120, 0), tick(121))
    assert told(grown) == [("on_patrol", at(30), at(100)), ("at_scene", at(100), at(120))]
    [left] = town.visits(status(160, "en_route"), fix(180, 300), status(181, "on_patrol"))
    assert told(left) == [("on_patrol", at(30), at(100)), ("at_scene", at(100), at(150))]


def test_a_late_status_changes_an_open_visit_at_the_next_minute() -> None:
    town = Town(hotspot())
    town.visits(fix(0, 300), fix(60, 0), fix(120, 0), tick(121))
    assert town.visits(status(90, "at_scene", received=130), tick(131)) == []
    [grown] = town.visits(tick(181))
    assert told(grown) == [("at_scene", at(90), at(120))]
    assert town.visits(status(150, "on_patrol", received=185), tick(241)) == []


def test_a_late_status_changes_a_closed_visit_at_once() -> None:
    town = Town(hotspot())
    [*_, left] = town.visits(fix(0, 300), fix(60, 0), fix(120, 0), fix(180, 300))
    assert (left.state, left.statuses) == ("closed", [])
    [changed] = town.visits(status(90, "at_scene", received=300))
    assert (changed.visit_id, changed.revision, changed.left_at) == (left.visit_id, 4, at(150))
    assert told(changed) == [("at_scene", at(90), at(150))]
    assert town.visits(status(170, "on_patrol", received=301), tick(302)) == []


def test_a_visit_closed_by_silence_takes_a_late_status_too() -> None:
    town = Town(hotspot())
    [*_, closed] = town.visits(fix(0, 0), fix(60, 0), tick(400))
    [changed] = town.visits(status(20, "at_scene", received=410))
    assert (closed.state, changed.state) == ("closed", "closed")
    assert told(changed) == [("at_scene", at(20), at(60))]


def test_a_visit_beyond_the_reach_of_late_fixes_stays_as_it_is() -> None:
    town = Town(hotspot())
    town.visits(fix(0, 300), fix(60, 0), fix(120, 300))
    assert len(town.visits(status(70, "at_scene", received=121))) == 1
    town.step(*(fix(second, 300 + second / 10) for second in range(180, 1_900, 60)))
    assert town.visits(status(80, "on_patrol", received=1_900)) == []


def test_a_visit_moved_by_a_late_fix_is_told_with_its_statuses() -> None:
    town = Town(hotspot())
    town.visits(status(-10, "on_patrol"), fix(0, 300), fix(60, 0), status(70, "at_scene"))
    town.visits(fix(120, 0), fix(180, 300))
    [moved] = town.visits(fix(150, 0, received_at=at(200)))
    assert told(moved) == [("on_patrol", at(30), at(70)), ("at_scene", at(70), at(165))]
