"""A change of the boundaries learned late comes to what it would have come to, known at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn

from services.contracts.derived import Timesheet, Visit
from services.contracts.reference import Deleted, Reference, Source
from services.contracts.telemetry import Gps, Status
from services.geofence.account import account
from services.geofence.emission import Output
from services.geofence.survey import Surveyor
from services.geofence.trail import KEPT_MS
from tests.support.square import Town, at, box, hotspot, tick
from tests.support.traces import END_S, HOURS, REFERENCE, Final, arrivals, final, traces

SHAPES = [box(-75, -75, 75, 75), box(50, -75, 250, 75), box(-200, -200, -100, 200)]


@st.composite
def edits(draw: DrawFn, since: int) -> Reference:
    """A hot spot drawn, drawn anew or deleted, or a source set otherwise, as of a moment."""
    name = draw(st.sampled_from(["hs-1", "hs-2", "hs-3"]))
    what = draw(st.sampled_from(["draw", "draw", "delete", "source"]))
    if what == "delete":
        return Deleted(type="hotspot", id=name, effective_from=since, changed_by="a")
    if what == "source":
        return Source(
            source="s",
            name="s",
            effective_from=since,
            changed_by="a",
            usable_accuracy_m=draw(st.sampled_from([20.0, 100.0])),
            unknown_after_s=draw(st.sampled_from([None, 50.0, 400.0])),
            reporting=draw(st.sampled_from(["periodic", "distance"])),
            distance_m=50.0,
            periodic_max_s=300.0,
        )
    shape, catchment_m = draw(st.sampled_from(SHAPES)), draw(st.sampled_from([0.0, 100.0]))
    return hotspot(name, since, geometry=shape, catchment_m=catchment_m)


@st.composite
def changes(draw: DrawFn, made: Sequence[Gps]) -> list[Reference]:
    """One to three edits as of moments for which every fix is still kept."""
    newest = max(each.fix_time for each in made)
    moments = st.integers(newest - KEPT_MS, newest + 1_000)
    return [draw(edits(draw(moments))) for _ in range(draw(st.integers(1, 3)))]


def told(outputs: Sequence[Output]) -> Final:
    """What is left of all that an engine has told."""
    visits: dict[str, Visit] = {}
    sheets: dict[int, Timesheet] = {}
    for output in outputs:
        if isinstance(output.message, Visit):
            visits[output.message.visit_id] = output.message
        elif isinstance(output.message, Timesheet):
            sheets[output.message.since] = output.message
    return final(
        [visit for visit in visits.values() if visit.state != "retracted"],
        [sheet for sheet in sheets.values() if sheet.until > sheet.since],
    )


def lived(come: Sequence[Gps | Status], edited: Sequence[Reference], learned_after: int) -> Final:
    """What is told of what comes a second apart; so many come before the edits are known."""
    town, outputs = Town(*REFERENCE), list[Output]()
    for number, each in enumerate(come):
        if number == learned_after:
            town.learn(*edited)
        outputs += town.step(msgspec.structs.replace(each, received_at=at(END_S + number)))
        if number % 3 == 0 or number == learned_after:
            outputs += town.step(tick(END_S + number, town.learned))
    if learned_after == len(come):
        town.learn(*edited)
    for second in [1, *range(HOURS, 25 * HOURS, HOURS)]:
        outputs += town.step(tick(END_S + len(come) + second, town.learned))
    return told(outputs)


def known_from_the_start(reference: Sequence[Reference], made: Sequence[Gps]) -> Final:
    surveyor = Surveyor()
    for offset, message in enumerate(reference):
        surveyor.learn(offset, message)
    found = account(surveyor, "r-1", made, at(END_S + 26 * HOURS))
    return final(found.visits, found.timesheets)


@settings(max_examples=100, deadline=None)
@given(traces(), st.data())
def test_edits_learned_late_come_to_what_they_would_have_known_at_once(
    made: list[Gps], data: DataObject
) -> None:
    """However the fixes came, and however many of them before the edits."""
    come = data.draw(arrivals(made))
    edited = data.draw(changes(made))
    learned_after = data.draw(st.integers(1, len(come)))
    known = known_from_the_start([*REFERENCE, *edited], made)
    assert lived(come, edited, learned_after) == known


@settings(max_examples=50, deadline=None)
@given(traces(), st.data())
def test_an_edit_taken_back_leaves_the_figures_as_they_were(
    made: list[Gps], data: DataObject
) -> None:
    """A hot spot that is drawn and deleted again as of the same moment never was."""
    since = data.draw(st.integers(made[-1].fix_time - KEPT_MS, made[-1].fix_time))
    shape = data.draw(st.sampled_from(SHAPES))
    drawn = hotspot("hs-3", since, geometry=shape)
    gone = Deleted(type="hotspot", id="hs-3", effective_from=since, changed_by="a")
    town = Town(*REFERENCE)
    outputs = town.step(*[msgspec.structs.replace(each, received_at=at(END_S)) for each in made])
    for each in (drawn, gone):
        town.learn(each)
        outputs += town.step(tick(END_S + 1, town.learned))
    for second in range(HOURS, 25 * HOURS, HOURS):
        outputs += town.step(tick(END_S + second, town.learned))
    assert told(outputs) == known_from_the_start(REFERENCE, made)
