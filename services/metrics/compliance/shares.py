"""Whose minutes a patrol's are: each officer's by the duties of the radios they carried. Pure.

A radio that changes hands is each officer's during their own duty; a radio that two carry is
both's. An officer with two radios was there while one of them was. Time of a radio on nobody's
duty is that of one unknown officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.contracts.days import Span
from services.contracts.reference import Duty
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.patrols import Patrol
from services.metrics.compliance.presence import Presence, together
from services.metrics.compliance.stays import Stay
from services.metrics.spans import union


@dataclass(frozen=True, slots=True)
class Share:
    """One officer's part of a patrol; of an unknown one there is the radio and no duty."""

    officer_id: str | None
    radio_id: str
    duty: Duty | None
    presence: Presence

    def is_allocated(self, hotspot_id: str) -> bool:
        """Whether the officer was allocated to that hot spot."""
        return self.duty is not None and hotspot_id in self.duty.hotspot_ids

    @property
    def team(self) -> str | None:
        """The officer's team, where it is known."""
        return self.duty.team if self.duty else None


def shares_of(patrol: Patrol, evidence: Evidence) -> list[Share]:
    """The parts of a patrol: one for each officer, radio and duty; empty ones are left out."""
    parts = (part for stay in patrol.stays for part in _parts(stay, evidence))
    return [part for part in parts if part.presence.high]


def by_officer(shares: Iterable[Share]) -> list[list[Share]]:
    """The parts of each officer, whichever radios they carried."""
    officers: dict[tuple[bool, str], list[Share]] = {}
    for share in shares:
        known = share.officer_id is not None
        key = (known, share.officer_id or share.radio_id)
        officers.setdefault(key, []).append(share)
    return list(officers.values())


def per_officer(shares: Iterable[Share]) -> list[Presence]:
    """When each officer was there."""
    return [together(share.presence for share in parts) for parts in by_officer(shares)]


def _parts(stay: Stay, evidence: Evidence) -> Iterator[Share]:
    if not stay.counted.high:
        return
    start, end = stay.counted.high[0].start, stay.counted.high[-1].end
    all_ = evidence.duties_of(stay.radio_id)
    duties = [duty for duty in all_ if duty.since < end and start < duty.until]
    for duty in duties:
        presence = stay.counted.within(union([Span(duty.since, duty.until)]))
        for officer_id in duty.officer_ids:
            yield Share(officer_id, stay.radio_id, duty, presence)
    on_duty = union(Span(duty.since, duty.until) for duty in duties)
    yield Share(None, stay.radio_id, None, stay.counted.without(on_duty))
