"""Whose fault a silence is, seen across partitions: alone, or one of an area."""

from __future__ import annotations

from msgspec.structs import replace

from services.contracts.derived import Signal
from services.metrics.episodes import Episode
from services.metrics.signals import Signals
from services.metrics.units import Units
from services.metrics.whereabouts import Town
from tests.support.derived import MINUTE_MS, NOON, a_position, a_signal

INTERVAL_S = 60.0
DECLARED = NOON + 3 * MINUTE_MS
HELD_MS = 5_000


class Room:
    """A control room: what the partitions tell, and what is shown of it."""

    def __init__(self) -> None:
        self.signals = Signals()
        self._units = Units()

    def heard(self, radio_id: str, at: int, *, cell_id: str | None = None, east: float = 0) -> None:
        """A radio is heard, so many degrees east of where all are."""
        position = a_position(radio_id, heard_at=at, revision=at)
        position = replace(position, cell_id=cell_id, lon=-2.2450 + east)
        self._units.apply(0, position)

    def told(self, *signals: Signal) -> None:
        for signal in signals:
            self.signals.apply(0, signal)

    def at(self, time: int) -> dict[str, Episode]:
        """What is shown once the partitions have reached a time, by radio; an area by no name."""
        town = Town(self._units, {0: time}, lambda *_: INTERVAL_S, self.signals.is_excused)
        self.signals.review(time, town)
        shown = [self.signals.episodes.get(each) for each in self.signals.take_changes()[0]]
        return {each.signal.radio_id or "": each for each in shown if each is not None}


def lost(number: int, *, after_s: int = 0, **given: object) -> Signal:
    heard_at = NOON + after_s * 1000
    return a_signal(f"e-{number}", f"T-{number}", heard_at=heard_at, cell_id="m-1", **given)


def test_a_loss_alarms_after_five_seconds_of_engine_time() -> None:
    room = Room()
    room.told(lost(1))
    assert room.at(DECLARED + HELD_MS - 1) == {}
    [shown] = room.at(DECLARED + HELD_MS).values()
    assert (shown.signal.cause, shown.is_open) == ("unexpected", True)
    room.told(lost(1, revision=2, ended_at=DECLARED + 60_000))
    assert not room.at(DECLARED + 60_000)["T-1"].is_open


def test_many_of_one_mast_are_one_area_and_no_alarm() -> None:
    room = Room()
    for number in range(1, 5):
        room.heard(f"T-{number}", NOON + number * 1000, cell_id="m-1")
    room.heard("T-9", DECLARED, cell_id="m-2")
    room.told(*[lost(number, after_s=number) for number in range(1, 5)])
    shown = room.at(DECLARED + 60_000)
    assert shown[""].radios == ("T-1", "T-2", "T-3", "T-4")
    assert (shown[""].signal.cause, shown[""].signal.cell_id) == ("area", "m-1")
    assert {shown[f"T-{number}"].signal.cause for number in range(1, 5)} == {"area"}
    assert sum(label.cause == "unexpected" for label in room.signals.episodes.count()) == 0


def test_the_first_one_missed_is_recognised_by_those_that_are_overdue() -> None:
    room = Room()
    for number in range(1, 5):
        room.heard(f"T-{number}", NOON + number * 10_000, cell_id="m-1")
    room.told(lost(1))
    assert set(room.at(DECLARED + HELD_MS)) == {"", "T-1"}


def test_two_are_no_area() -> None:
    room = Room()
    for number in (1, 2):
        room.heard(f"T-{number}", NOON, cell_id="m-1")
    room.told(lost(1), lost(2))
    shown = room.at(DECLARED + HELD_MS)
    assert {each.signal.cause for each in shown.values()} == {"unexpected"}


def test_a_mast_on_which_others_are_heard_still_works() -> None:
    room = Room()
    for number in range(1, 4):
        room.heard(f"T-{number}", NOON, cell_id="m-1")
    for number in range(4, 8):
        room.heard(f"T-{number}", DECLARED, cell_id="m-1")
    room.told(*[lost(number) for number in range(1, 4)])
    shown = room.at(DECLARED + HELD_MS)
    assert {each.signal.cause for each in shown.values()} == {"unexpected"}


def test_without_masts_it_is_who_was_within_300_m_of_each_other() -> None:
    room = Room()
    at = {1: 0.0, 2: 0.001, 3: 0.002, 4: 0.010}  # 0.001 degrees: 66 m here
    for number, east in at.items():
        room.heard(f"T-{number}", NOON, east=east)
    room.told(*[replace(lost(n, lon=-2.2450 + east), cell_id=None) for n, east in at.items()])
    shown = room.at(DECLARED + HELD_MS)
    assert shown[""].radios == ("T-1", "T-2", "T-3")
    assert shown["T-4"].signal.cause == "unexpected"


def test_who_is_lost_there_later_joins_and_half_heard_again_ends_it() -> None:
    room = Room()
    for number in range(1, 5):
        room.heard(f"T-{number}", NOON, cell_id="m-1")
    room.told(*[lost(number) for number in range(1, 4)])
    area = room.at(DECLARED + HELD_MS)[""]
    room.told(lost(4, after_s=120))
    later = room.at(DECLARED + 120_000 + HELD_MS)
    assert later[""].signal.episode_id == area.signal.episode_id
    assert "T-4" in later[""].radios
    back_at = DECLARED + 300_000
    room.told(*[lost(number, revision=9, ended_at=back_at) for number in (1, 2)])
    over = room.at(back_at)[""]
    assert over.signal.ended_at == back_at


def test_an_alarm_that_was_raised_is_taken_back_once_the_others_are_missed() -> None:
    room = Room()
    room.heard("T-1", NOON, cell_id="m-1")
    room.told(lost(1))
    assert room.at(DECLARED + HELD_MS)["T-1"].signal.cause == "unexpected"
    for number in (2, 3, 4):
        room.heard(f"T-{number}", NOON + 50_000, cell_id="m-1")
    room.told(*[lost(number, after_s=50) for number in (2, 3, 4)])
    shown = room.at(DECLARED + 50_000 + HELD_MS)
    assert shown["T-1"].signal.cause == "area"


def test_a_reason_that_comes_late_takes_the_alarm_back() -> None:
    room = Room()
    room.told(lost(1))
    room.at(DECLARED + HELD_MS)
    room.told(lost(1, revision=2, cause="explained", reason="power_off"))
    shown = room.at(DECLARED + 2 * HELD_MS)["T-1"]
    assert (shown.signal.cause, shown.signal.reason) == ("explained", "power_off")
    room.told(lost(1, revision=1))
    assert room.at(DECLARED + 3 * HELD_MS) == {}


def test_who_was_lost_then_and_came_back_is_no_witness_after_a_restart() -> None:
    room = Room()
    earlier = lost(9, revision=2, ended_at=DECLARED + 240_000 + 60_000)
    room.heard("T-9", NOON, cell_id="m-1")
    room.heard("T-9", DECLARED + 300_000, cell_id="m-1")
    for number in (1, 2, 3):
        room.heard(f"T-{number}", NOON + 240_000, cell_id="m-1")
    room.told(earlier, *[lost(number, after_s=240) for number in (1, 2, 3)])
    shown = room.at(DECLARED + 600_000)
    assert shown[""].radios == ("T-1", "T-2", "T-3")
    assert shown["T-9"].signal.cause == "unexpected"


def test_whose_silence_is_explained_after_all_is_no_part_of_the_area() -> None:
    room = Room()
    room.told(*[lost(number) for number in range(1, 5)])
    assert room.at(DECLARED + HELD_MS)[""].radios == ("T-1", "T-2", "T-3", "T-4")
    room.told(lost(4, revision=2, cause="explained", reason="power_off"))
    shown = room.at(DECLARED + 2 * HELD_MS)
    assert shown[""].radios == ("T-1", "T-2", "T-3")
    assert shown["T-4"].signal.cause == "explained"


def test_an_episode_is_forgotten_once_it_is_over_and_old() -> None:
    room = Room()
    room.told(lost(1), lost(2, revision=2, ended_at=DECLARED + 60_000))
    room.at(DECLARED + HELD_MS)
    room.signals.forget(DECLARED + 1)
    assert room.signals.episodes.get("e-2") is None
    assert [each.signal.episode_id for each in room.signals.episodes.open()] == ["e-1"]


def test_who_is_heard_again_while_held_was_one_of_an_area_all_the_same() -> None:
    room = Room()
    back_at = DECLARED + HELD_MS - 1
    room.told(*[lost(number, revision=2, ended_at=back_at) for number in (1, 2, 3)])
    shown = room.at(DECLARED + HELD_MS)
    assert {each.signal.cause for each in shown.values()} == {"area"}
    assert shown[""].signal.ended_at == back_at
