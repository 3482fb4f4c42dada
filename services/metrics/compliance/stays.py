"""A radio's stay: its visits to a ring, one after the other, and what of them counts. Pure.

1. A radio that returns within three minutes, or within two of its intervals if that is longer,
   had not gone: its visits are one stay. The time between them does not count.
2. Police minutes count when on patrol. Time under a status of ``OTHER_WORK`` is shown beside them
   and does not count; time of which no status is known counts.
3. A stay lasts from the first to the last of what counts: who guards a scene for hours after a
   patrol is not on patrol for hours. One of other work alone lasts from entering to leaving.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.contracts.days import Span
from services.contracts.derived import StatusSpan, Visit
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.presence import Presence, presence_of, together
from services.metrics.lasting import end_of, goes_on
from services.metrics.spans import EVER, Spans, union

RETURNING_MS = 3 * 60_000
RETURNING_INTERVALS = 2

OTHER_WORK = frozenset(
    {"en_route", "at_scene", "committed", "escort", "court", "at_station", "refreshments"}
)
CALLED_AWAY = frozenset({"en_route", "at_scene", "emergency"})


@dataclass(frozen=True, slots=True)
class Stay:
    """Visits of one radio that are one; what counts of them and what is other work."""

    radio_id: str
    visits: tuple[Visit, ...]
    counted: Presence
    other: Presence

    @property
    def span(self) -> Span:
        """From the first to the last of what counts, as far as is known."""
        if counted := self.counted.estimate:
            return Span(counted[0].start, counted[-1].end)
        return Span(self.visits[0].entered_at, max(end_of(visit) for visit in self.visits))

    @property
    def goes_on(self) -> bool:
        """Whether the radio is there on patrol now."""
        last = self.visits[-1]
        return goes_on(last) and _last_status(last) not in OTHER_WORK

    @property
    def is_other_work(self) -> bool:
        """Whether nothing of it can count."""
        return bool(self.other.high) and not self.counted.high

    @property
    def was_called_away(self) -> bool:
        """Whether it ended because its officers were needed elsewhere."""
        return not self.goes_on and _last_status(self.visits[-1]) in CALLED_AWAY


def stays_of(visits: Iterable[Visit], evidence: Evidence) -> list[Stay]:
    """The stays of all radios, in order of time; visits are of one ring of one hot spot."""
    by_radio: dict[str, list[list[Visit]]] = {}
    for visit in sorted(visits, key=lambda each: each.entered_at):
        chains = by_radio.setdefault(visit.radio_id, [])
        if chains and visit.entered_at <= _back_by(chains[-1][-1], evidence):
            chains[-1].append(visit)
        else:
            chains.append([visit])
    made = [_stay(chain, evidence) for chains in by_radio.values() for chain in chains]
    return sorted(made, key=lambda stay: (stay.span, stay.radio_id))


def _back_by(visit: Visit, evidence: Evidence) -> float:
    return end_of(visit) + max(RETURNING_MS, RETURNING_INTERVALS * evidence.interval_ms(visit))


def counted_and_other(visit: Visit, evidence: Evidence) -> tuple[Presence, Presence]:
    """What of a visit counts, and what is other work."""
    unknown = evidence.unknown(visit.radio_id, visit.entered_at, end_of(visit))
    presence = presence_of(visit, unknown)
    busy = _other_work(visit)
    return presence.without(busy), presence.within(busy)


def _stay(visits: Sequence[Visit], evidence: Evidence) -> Stay:
    parts = [counted_and_other(visit, evidence) for visit in visits]
    counted = together(part for part, _ in parts)
    other = together(part for _, part in parts)
    return Stay(visits[0].radio_id, tuple(visits), counted, other)


def _last_status(visit: Visit) -> str | None:
    """What its officers did when they left, or do now."""
    return visit.statuses[-1].status if visit.statuses else None


def _other_work(visit: Visit) -> Spans:
    """When a visit's officers did other work; what held at an end of it held beyond it, too."""
    return union(
        Span(_since(span, visit), _until(span, visit))
        for span in visit.statuses
        if span.status in OTHER_WORK
    )


def _since(span: StatusSpan, visit: Visit) -> int:
    return EVER.start if span.since <= visit.entered_at else span.since


def _until(span: StatusSpan, visit: Visit) -> int:
    return EVER.end if span.until is None or span.until >= end_of(visit) else span.until
