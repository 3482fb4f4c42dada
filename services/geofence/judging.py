"""Judging anew: what comes late or a change of ``reference`` makes of a unit, and what is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from services.contracts.telemetry import Status
from services.geofence import emission, statuses
from services.geofence.emission import Output
from services.geofence.rewind import Rewound, cut_anew, rewind
from services.geofence.screening import Reason
from services.geofence.survey import REACH_M, Edit, Surveyor
from services.geofence.tracks import Track
from services.geofence.unit import Unit


class TakenBack(NamedTuple):
    """What is to be told, and why the fix was set aside if it was."""

    outputs: list[Output]
    set_aside: Reason | None


def take_back(unit: Unit, since: int, at: int, surveyor: Surveyor, offset: int) -> TakenBack:
    """Take a unit back to where a late fix belongs, at a place of its trail, and on from there."""
    rewound = rewind(unit, since, surveyor, offset)
    return TakenBack(_told(unit, rewound, offset), rewound.taken[at].reason)


def hear_status(unit: Unit, status: Status, offset: int) -> list[Output]:
    """Take in a status of a unit's officer, by its own time: visits that were over before it came.

    Those that go on are told when they have grown, at the next tick of a minute.
    """
    stays = [*unit.past.stays, *unit.course.stays.values()]
    before = [statuses.held(unit.statuses, stay.entered_at, stay.ends) for stay in stays]
    statuses.put(unit.statuses, status.at, status.status)
    del unit.statuses[: -statuses.MOST]
    over = []
    for stay, was in zip(stays, before, strict=True):
        if statuses.held(unit.statuses, stay.entered_at, stay.ends) == was:
            continue
        stay.changed = offset
        if stay.left_at is not None:
            stay.told = offset
            over.append(stay)
    return emission.visits(unit, over, offset)


def judge_anew(
    tracks: Mapping[str, Track],
    edits: Sequence[Edit],
    time: int,
    surveyor: Surveyor,
    offset: int,
) -> list[Output]:
    """Step again the units that changes of ``reference`` concern, as far as they are kept."""
    outputs: list[Output] = []
    for radio_id, track in sorted(tracks.items()):
        unit = track.unit
        box = unit.trail.box()
        around = box and box.grown(REACH_M)
        concerning = [edit for edit in edits if edit.concerns(radio_id, unit.trail, around)]
        if not concerning or offset < track.seen:
            continue
        if any(edit.duties for edit in concerning):
            cut_anew(unit, surveyor.rota(radio_id), offset)
            track.saved = -1
        since = min(edit.since for edit in concerning)
        if since <= unit.trail.newest:
            outputs += _told(unit, rewind(unit, since, surveyor, offset), offset)
            track.saved = -1
        gone = {
            edit.ended for edit in concerning if edit.ended and not surveyor.holds(edit.ended, time)
        }
        if ended := _end(unit, gone, offset):
            outputs += ended
            track.saved = -1
    return outputs


def _told(unit: Unit, rewound: Rewound, offset: int) -> list[Output]:
    return [
        *emission.retractions(unit, rewound.retracted, offset),
        *emission.visits(unit, rewound.told, offset),
    ]


def _end(unit: Unit, hotspot_ids: Collection[str], offset: int) -> list[Output]:
    """Close what goes on in hot spots that are no more, until the next fix says when."""
    stays = [
        stay
        for stay in unit.course.stays.values()
        if stay.hotspot_id in hotspot_ids and stay.left_at is None
    ]
    for stay in stays:
        stay.left_at = stay.last_fix_time
        stay.changed = stay.told = offset
    unit.ended += sorted({stay.hotspot_id for stay in stays})
    return emission.visits(unit, stays, offset)
