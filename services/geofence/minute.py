"""What the first tick of a minute tells: what grew, and what silence has ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from services.geofence import emission
from services.geofence.emission import Output
from services.geofence.rota import Rota
from services.geofence.sheet import Sheet, silent
from services.geofence.survey import Surveyor
from services.geofence.tracks import Track
from services.geofence.unit import Unit


class Moment(NamedTuple):
    """A tick: the engine's time, and the offsets of the minute before it and of itself."""

    time: int
    told: int
    offset: int


def grown_visits(tracks: Mapping[str, Track], moment: Moment) -> list[Output]:
    """Visits that grew; those of which nothing is known any more are closed provisionally."""
    outputs: list[Output] = []
    inside = [track for track in tracks.values() if track.unit.course.stays]
    inside.sort(key=lambda track: track.unit.radio_id)
    for track in inside:
        if moment.offset < track.seen:
            continue
        unit = track.unit
        stays = [stay for stay in unit.course.stays.values() if stay.left_at is None]
        if stays and moment.time > unit.expires:
            for stay in stays:
                stay.left_at = stay.last_fix_time
            unit.lapsed = True
            track.saved = -1
        else:
            stays = [stay for stay in stays if stay.changed > max(stay.told, moment.told)]
        outputs += emission.visits(unit, stays, moment.offset)
    return outputs


def grown_timesheets(
    tracks: Mapping[str, Track], moment: Moment, surveyor: Surveyor
) -> list[Output]:
    """Timesheets that changed, and those into which a silence has grown."""
    outputs: list[Output] = []
    for radio_id, track in sorted(tracks.items()):
        unit = track.unit
        sheet = unit.course.sheet
        if moment.offset < track.seen:
            continue
        told = [each for each in unit.past.sheets if each.changed > moment.told]
        if sheet is not None:
            grown: list[Sheet] = []
            if moment.time > unit.expires:
                grown = _silence(unit, sheet, surveyor.rota(radio_id), moment.time)
            if sheet.changed > moment.told and not (grown and grown[0].since == sheet.since):
                told.append(sheet)
            told += grown
            track.saved = -1 if grown else track.saved
        if unit.withdrawn:
            track.saved = -1
        if told or unit.withdrawn:
            outputs += emission.timesheets(unit, told, moment.offset)
    return outputs


def _silence(unit: Unit, sheet: Sheet, rota: Rota, time: int) -> list[Sheet]:
    """The sheets into which a unit's silence has grown since it was last told of."""
    if unit.accounted >= sheet.ends and rota.next_duty(unit.accounted) >= time:
        return []
    grown = [each for each in silent(sheet, rota, time) if each.until > unit.accounted]
    if grown:
        unit.accounted = grown[-1].until
        new = (each.since for each in grown if each.since > sheet.since)
        unit.silent = sorted({*unit.silent, *new})
    return grown
