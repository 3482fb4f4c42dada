"""The timesheets of the last days, folded from their revisions and settlements. Pure.

Of two revisions of one sheet the higher holds, in whichever order they come. A sheet that was
taken back (``until`` is ``since``) stays known for as long, so that none from before can return.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from services.contracts.days import Span
from services.contracts.derived import Settlement, Timesheet
from services.metrics.settling import Settling
from services.metrics.spans import common, union

LONGEST_MS = 3_600_000
"""No sheet lasts longer."""
_DAY_MS = 24 * 3_600_000


class Key(NamedTuple):
    """A sheet's place in the order of time, which also identifies it."""

    since: int
    radio_id: str


def key_of(sheet: Timesheet) -> Key:
    """Where a sheet stands among the others."""
    return Key(sheet.since, sheet.radio_id)


@dataclass(slots=True)
class _Radio:
    """The sheets of one radio by when they began, and those times in order."""

    partition: int
    order: list[int] = field(default_factory=list)
    sheets: dict[int, Timesheet] = field(default_factory=dict)


class Timesheets:
    """Sheets by time, and of each radio."""

    def __init__(self) -> None:
        self.kept_from = 0
        """From when on sheets are kept, in epoch milliseconds."""
        self._settling = Settling()
        self._order: list[Key] = []
        self._radios: dict[str, _Radio] = {}
        self._changes = 0
        self._changed: dict[int, int] = {}

    def apply(self, partition: int, sheet: Timesheet) -> bool:
        """Fold in one revision of a partition's sheet; whether it told anything new."""
        if not self._settling.believes(partition, sheet.since, settled=sheet.settled):
            return False
        radio = self._radios.setdefault(sheet.radio_id, _Radio(partition))
        known = radio.sheets.get(sheet.since)
        if known is None:
            insort(self._order, key_of(sheet))
            insort(radio.order, sheet.since)
        elif sheet == known or (not sheet.settled and sheet.revision < known.revision):
            return False
        radio.sheets[sheet.since] = sheet
        self._mark(sheet.since)
        return True

    @property
    def settlements(self) -> int:
        """How many there were so far."""
        return self._settling.count

    def settle(self, partition: int, settlement: Settlement) -> None:
        """Take back a partition's sheets of a day, for its final ones follow."""
        span = self._settling.announce(partition, settlement)
        if span is None:
            return
        first, last = (bisect_left(self._order, Key(at, "")) for at in span)
        for since, radio_id in self._order[first:last]:
            radio = self._radios[radio_id]
            if radio.partition == partition:
                radio.sheets[since] = _taken_back(radio.sheets[since])
                self._mark(since)

    def is_settled(self, partition: int, since: int, until: int) -> bool:
        """Whether what is known of a partition's ``[since, until)`` is final."""
        return self._settling.covers(partition, since, until)

    def are_settled(self, partitions: int, since: int, until: int) -> bool:
        """Whether that is so of the same stretch of each of so many partitions."""
        return all(self.is_settled(each, since, until) for each in range(partitions))

    def since(self, first: Key) -> Iterator[Timesheet]:
        """Sheets in the order of their keys, from ``first`` on."""
        for at in range(bisect_left(self._order, first), len(self._order)):
            since, radio_id = self._order[at]
            sheet = self._radios[radio_id].sheets[since]
            if sheet.until > since:
                yield sheet

    def within(self, radio_id: str, since: int, until: int) -> list[Timesheet]:
        """The sheets of one radio that lie wholly in ``[since, until)``, in order of time."""
        radio = self._radios.get(radio_id)
        if radio is None:
            return []
        first, last = (bisect_left(radio.order, at) for at in (since, until))
        found = (radio.sheets[at] for at in radio.order[first:last])
        return [each for each in found if each.since < each.until <= until]

    def unknown(self, radio_id: str, since: int, until: int) -> list[Span]:
        """What of ``[since, until)`` is unknown of a radio by its sheets, in order and apart."""
        sheets = self._overlapping(radio_id, since, until)
        spans = (Span(each.since, each.until) for sheet in sheets for each in sheet.unknown)
        return _cut(spans, since, until)

    def accounted(self, radio_id: str, since: int, until: int) -> list[Span]:
        """What of ``[since, until)`` a radio has sheets of, in order and apart."""
        sheets = self._overlapping(radio_id, since, until)
        return _cut((Span(each.since, each.until) for each in sheets), since, until)

    def edition(self, since: int, until: int) -> int:
        """A number that rises whenever the sheets that lie in part in ``[since, until)`` change.

        It may rise for others of the same UTC days.
        """
        days = range((since - LONGEST_MS) // _DAY_MS, (until - 1) // _DAY_MS + 1)
        return max((self._changed.get(day, 0) for day in days), default=0)

    def newest(self, radio_id: str) -> Timesheet | None:
        """The last sheet of a radio; None where there is none."""
        radio = self._radios.get(radio_id)
        if radio is None:
            return None
        found = (radio.sheets[at] for at in reversed(radio.order))
        return next((each for each in found if each.until > each.since), None)

    def forget(self, kept_from: int) -> None:
        """Drop the sheets that began before a time."""
        self.kept_from = kept_from
        old = self._order[: bisect_left(self._order, Key(kept_from, ""))]
        del self._order[: len(old)]
        for since, radio_id in old:
            radio = self._radios[radio_id]
            del radio.sheets[since], radio.order[0]
            if not radio.order:
                del self._radios[radio_id]

    def _overlapping(self, radio_id: str, since: int, until: int) -> list[Timesheet]:
        """The sheets of a radio that lie in part in ``[since, until)``, and some others."""
        radio = self._radios.get(radio_id)
        if radio is None:
            return []
        first, last = (bisect_left(radio.order, at) for at in (since - LONGEST_MS, until))
        return [radio.sheets[at] for at in radio.order[first:last]]

    def _mark(self, since: int) -> None:
        """Take note that a sheet has changed."""
        self._changes += 1
        self._changed[since // _DAY_MS] = self._changes


def _cut(spans: Iterable[Span], since: int, until: int) -> list[Span]:
    return list(common(union(spans), (Span(since, until),)))


def _taken_back(sheet: Timesheet) -> Timesheet:
    return msgspec.structs.replace(
        sheet,
        until=sheet.since,
        inside_ms=0,
        outside_ms=0,
        unknown_ms=0,
        unknown=[],
        settled=True,
    )
