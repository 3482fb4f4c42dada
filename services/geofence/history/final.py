"""A partition's final figures as records, and what they changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import msgspec

from services.contracts.codec import encode
from services.contracts.derived import Settlement, Timesheet, Visit
from services.contracts.message import Message
from services.contracts.topics import TIMESHEETS, VISITS, Topic
from services.eventlog.port import NewRecord
from services.geofence.history.identity import Identified
from services.geofence.history.replay import Figures


@dataclass(slots=True, kw_only=True)
class Settled:
    """What was published, and how the visits differ from those shown before."""

    units: int = 0
    visits: int = 0
    timesheets: int = 0
    as_before: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    unreadable: int = 0

    @classmethod
    def of(cls, figures: Figures, identified: Identified) -> Settled:
        """One partition's."""
        old = [(visit, before) for visit, before in identified.pairs if before is not None]
        as_before = sum(_figures(visit) == _figures(before) for visit, before in old)
        return cls(
            units=figures.units,
            visits=len(figures.visits),
            timesheets=len(figures.timesheets),
            as_before=as_before,
            changed=len(old) - as_before,
            new=len(identified.pairs) - len(old),
            gone=len(identified.gone),
            unreadable=figures.unreadable,
        )


def add_up(total: Settled, more: Settled) -> None:
    """Add one partition's counts."""
    for each in fields(Settled):
        setattr(total, each.name, getattr(total, each.name) + getattr(more, each.name))


def final_records(
    announced: Settlement, visits: Sequence[Visit], sheets: Sequence[Timesheet]
) -> list[NewRecord]:
    """The records of one settlement: in each topic its announcement, then what is final."""
    revision = announced.end_offset
    final_visits = [
        msgspec.structs.replace(visit, settled=True, revision=revision)
        for visit in sorted(visits, key=lambda visit: (visit.entered_at, visit.visit_id))
    ]
    final_sheets = [
        msgspec.structs.replace(sheet, settled=True, revision=revision)
        for sheet in sorted(sheets, key=lambda sheet: (sheet.since, sheet.radio_id))
    ]

    def record(topic: Topic, key: str, message: Message) -> NewRecord:
        return NewRecord(topic.name, key.encode(), encode(message), announced.partition)

    return [
        record(VISITS, str(announced.partition), announced),
        *(record(VISITS, visit.radio_id, visit) for visit in final_visits),
        record(TIMESHEETS, str(announced.partition), announced),
        *(record(TIMESHEETS, sheet.radio_id, sheet) for sheet in final_sheets),
    ]


def _figures(visit: Visit) -> Visit:
    """A visit by what it says, whoever said it."""
    return msgspec.structs.replace(visit, revision=0, settled=False)
