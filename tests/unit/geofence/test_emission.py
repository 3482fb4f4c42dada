"""When the engine says what: visits by the minute, positions and progress by the second."""

from __future__ import annotations

from services.contracts.derived import Inside, Position, Progress
from services.contracts.topics import POSITIONS, TIMESHEETS, VISITS
from tests.support.square import Town, at, fix, hotspot, place, presence, status, tick


def test_positions_are_told_at_the_first_tick_of_a_second_by_radio() -> None:
    town = Town(hotspot())
    town.step(tick(0))
    outputs = town.step(
        fix(0.1, 300, radio_id="r-2", speed_mps=1.5, heading_deg=90.0),
        fix(0.2, 0, radio_id="r-1"),
        tick(1.0),
    )[2:]
    lon, lat = place(300, 0)
    assert [output.key for output in outputs] == ["r-1", "r-2", "0"]
    assert {output.topic for output in outputs} == {POSITIONS.name}
    assert outputs[1].message == Position(
        radio_id="r-2",
        source="s",
        heard_at=at(0.1),
        revision=3,
        lat=lat,
        lon=lon,
        accuracy_m=10.0,
        heading_deg=90.0,
        speed_mps=1.5,
        fix_time=at(0.1),
    )
    assert isinstance(outputs[0].message, Position)
    assert outputs[0].message.hotspots == [
        Inside(hotspot_id="hs-1", ring="core"),
        Inside(hotspot_id="hs-1", ring="catchment"),
    ]
    assert outputs[2].message == Progress(
        partition=0, revision=3, engine_time=at(1.0), reference_offset=1
    )


def test_a_second_is_told_of_once_and_only_units_heard_since() -> None:
    town = Town()
    town.step(fix(0, 0), fix(0, 0, radio_id="r-2"), tick(0))
    assert town.positions(fix(0.3, 0), tick(0.4)) == []
    told = town.positions(tick(1))
    assert [message.radio_id for message in told if isinstance(message, Position)] == ["r-1"]


def test_a_presence_moves_nobody_and_is_heard() -> None:
    town = Town()
    town.step(fix(0, 0), tick(0))
    [heard, _] = town.positions(presence(5), tick(6))
    assert isinstance(heard, Position)
    assert (heard.heard_at, heard.fix_time, heard.lat) == (at(5), at(0), place(0, 0)[1])


def test_a_radio_without_a_fix_has_no_place() -> None:
    [heard, _] = Town().positions(presence(5, "r-9"), tick(6))
    assert heard == Position(radio_id="r-9", source="s", heard_at=at(5), revision=1)


def test_the_status_is_the_last_one_by_its_own_time() -> None:
    town = Town()
    [heard, _] = town.positions(status(5, "at_scene"), status(4, "on_patrol", 6), tick(7))
    assert isinstance(heard, Position)
    assert (heard.status, heard.heard_at) == ("at_scene", at(6))


def test_a_fix_without_accuracy_shows_the_one_assumed() -> None:
    town = Town()
    [default, _] = town.positions(fix(0, 0, accuracy_m=None), tick(1))
    [by_hdop, _] = town.positions(fix(2, 0, accuracy_m=None, hdop=1.6), tick(2))
    assert isinstance(default, Position)
    assert isinstance(by_hdop, Position)
    assert (default.accuracy_m, by_hdop.accuracy_m) == (15.0, 8.0)


def test_grown_visits_are_told_at_the_first_tick_of_a_minute() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), tick(0), fix(30, 0))
    assert town.visits(tick(59)) == []
    [grown] = town.visits(tick(60))
    assert (grown.duration_ms, grown.fixes, grown.revision) == (30_000, 2, 4)
    assert town.visits(tick(61), fix(62, 0), tick(63)) == []
    [again] = town.visits(tick(120))
    assert again.duration_ms == 62_000
    assert town.visits(tick(180)) == []


def test_a_visit_just_entered_is_not_told_twice() -> None:
    town = Town(hotspot())
    assert [visit.revision for visit in town.visits(tick(0), fix(1, 0), tick(60))] == [1]


def test_visits_of_a_minute_come_by_radio_then_timesheets_then_positions() -> None:
    town = Town(hotspot(catchment_m=0.0))
    town.step(tick(0))
    town.step(*[fix(s, 0, radio_id=radio) for s in (1, 30) for radio in ("r-2", "r-1")])
    town.step(*[tick(second) for second in range(5, 60, 5)])
    town.step(*[fix(59.5, 0, radio_id=radio) for radio in ("r-2", "r-1")])
    outputs = town.step(tick(60))
    assert [(output.topic, output.key) for output in outputs] == [
        (VISITS.name, "r-1"),
        (VISITS.name, "r-1"),
        (VISITS.name, "r-2"),
        (VISITS.name, "r-2"),
        (TIMESHEETS.name, "r-1"),
        (TIMESHEETS.name, "r-2"),
        (POSITIONS.name, "r-1"),
        (POSITIONS.name, "r-2"),
        (POSITIONS.name, "0"),
    ]


def test_a_unit_whose_visit_was_closed_is_in_no_hot_spot() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), tick(240))
    [heard, _] = town.positions(presence(241), tick(242))
    assert isinstance(heard, Position)
    assert heard.hotspots == []


def test_time_never_goes_back() -> None:
    town = Town()
    town.step(tick(10))
    assert town.positions(fix(3, 0), tick(9)) == []
    assert town.engine.time == at(10)
