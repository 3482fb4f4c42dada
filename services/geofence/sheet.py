"""Timesheets: every millisecond of a unit is inside, outside or unknown, and only one of them.

A sheet is an hour, cut where a duty of the radio begins or ends (rota.py). It exists when a fix
of the unit was made in it, when it lies between two fixes at most an hour apart, or when it lies
in a duty. Of a sheet that exists all time is accounted for: before its first fix and after its
last one it is unknown. What is neither inside nor unknown is outside, so that a sheet cannot but
add up; that each part is right is for the tests to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from services.geofence.rota import Rota

HANDED_ON_MS = 3_600_000
"""After a longer silence the radio may have changed hands: off duty nothing is accounted for, and
a unit still inside begins a new visit."""

TOUCHED, MEMBER, INSIDE = 1, 2, 3
"""How surely a fix is in a ring: its 95 % circle touches it; it belongs to a visit there; and its
point lies inside, of a source that would say when it leaves."""


@dataclass(slots=True)
class Times:
    """Time in one ring; the bounds are without the uncertainty of the crossings."""

    low_ms: int = 0
    estimate_ms: int = 0
    high_ms: int = 0
    crossing_ms2: int = 0


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A timesheet as it grows: ``[since, ends)``, accounted for up to ``until``.

    ``rings`` has the time in each ring, by place. ``changed`` is the offset of the record that
    last changed it, and ``closed_by`` when the fix was made that turned the page.
    """

    since: int
    ends: int
    until: int
    inside_ms: int = 0
    unknown_ms: int = 0
    fixes: int = 0
    rings: dict[str, Times] = field(default_factory=dict)
    unknown: list[tuple[int, int]] = field(default_factory=list)
    set_aside: dict[str, int] = field(default_factory=dict)
    changed: int = -1
    closed_by: int | None = None

    @property
    def outside_ms(self) -> int:
        """What is neither inside nor unknown."""
        return self.until - self.since - self.inside_ms - self.unknown_ms

    def copy(self) -> Sheet:
        """The same, to be gone on with by itself."""
        return Sheet(
            since=self.since,
            ends=self.ends,
            until=self.until,
            inside_ms=self.inside_ms,
            unknown_ms=self.unknown_ms,
            fixes=self.fixes,
            rings={
                place: Times(each.low_ms, each.estimate_ms, each.high_ms, each.crossing_ms2)
                for place, each in self.rings.items()
            },
            unknown=list(self.unknown),
            set_aside=dict(self.set_aside),
            changed=self.changed,
            closed_by=self.closed_by,
        )

    def figures(self) -> tuple[object, ...]:
        """All that is told of it."""
        return (
            self.ends,
            self.until,
            self.inside_ms,
            self.unknown_ms,
            self.fixes,
            self.rings,
            self.unknown,
            self.set_aside,
        )

    def spend(self, until: int, touched: Mapping[str, int]) -> None:
        """Account for the time up to ``until``, as surely in each ring as ``touched`` says."""
        spent = until - self.until
        self.until = until
        if not touched or not spent:
            return
        inside = False
        rings = self.rings
        for place, how in touched.items():
            times = rings.get(place) or self.times(place)
            times.high_ms += spent
            if how >= MEMBER:
                times.estimate_ms += spent
                inside = inside or place.endswith("/core")
                if how == INSIDE:
                    times.low_ms += spent
        if inside:
            self.inside_ms += spent

    def cross(self, before: Mapping[str, int], after: Mapping[str, int], gap_ms: int) -> None:
        """Take note of the rings entered or left in a gap."""
        for place in before.keys() | after.keys():
            if (before.get(place, 0) >= MEMBER) != (after.get(place, 0) >= MEMBER):
                self.times(place).crossing_ms2 += gap_ms**2

    def lose(self, until: int) -> None:
        """Account for the time up to ``until`` as unknown."""
        if until > self.until:
            self.unknown_ms += until - self.until
            since = self.until
            if self.unknown and self.unknown[-1][1] == since:
                since = self.unknown.pop()[0]
            self.unknown.append((since, until))
            self.until = until

    def times(self, place: str) -> Times:
        """The time in one ring, to be added to."""
        times = self.rings.get(place)
        if times is None:
            times = self.rings[place] = Times()
        return times


class Pages:
    """The sheets of one stretch of stepping: the one under way, and those closed on the way."""

    def __init__(self, sheet: Sheet | None, rota: Rota) -> None:
        self.sheet = sheet
        self.closed: list[Sheet] = []
        self._rota = rota

    def spend(self, until: int, touched: Mapping[str, int]) -> None:
        """Account for known time up to ``until``."""
        sheet = self._under_way()
        while until > sheet.ends:
            sheet.spend(sheet.ends, touched)
            sheet = self._turn(sheet.ends)
        sheet.spend(until, touched)

    def cross(self, before: Mapping[str, int], after: Mapping[str, int], gap_ms: int) -> None:
        """Take note of the rings entered or left in a gap, on the page under way."""
        self._under_way().cross(before, after, gap_ms)

    def lose(self, until: int, *, every: bool) -> None:
        """Account for unknown time up to ``until``: on duty, or on ``every`` page.

        The page under way is always filled.
        """
        sheet = self.sheet
        at = until if sheet is None else sheet.ends
        if sheet is not None:
            sheet.lose(min(until, at))
        if sheet is None and self._rota.duties:
            at = self._began(until)
        for since in self._pages(at, until, every=every):
            self._turn(since).lose(min(until, self._rota.page(since)[1]))

    def open(self, at: int) -> Sheet:
        """The sheet that a moment belongs to; what lies before it in a new one is unknown."""
        sheet = self.sheet
        if sheet is None or at >= sheet.ends:
            sheet = self._turn(at)
            sheet.lose(at)
        return sheet

    def _pages(self, at: int, until: int, *, every: bool) -> Iterator[int]:
        """Where the pages to fill begin, from ``at`` on and before ``until``."""
        while at < until:
            if not every:
                at = self._rota.next_duty(at)
                if at >= until:
                    return
            since, ends = self._rota.page(at)
            yield since
            at = ends

    def _began(self, at: int) -> int:
        """When the duty began that covers a moment."""
        return min((since for since, until in self._rota.duties if since <= at < until), default=at)

    def _under_way(self) -> Sheet:
        assert self.sheet is not None  # noqa: S101 - a known gap follows a fix, which has a sheet
        return self.sheet

    def _turn(self, at: int) -> Sheet:
        """Close the page under way and open the one of a moment, nothing accounted for yet."""
        if self.sheet is not None:
            self.closed.append(self.sheet)
        since, ends = self._rota.page(at)
        self.sheet = Sheet(since=since, ends=ends, until=since)
        return self.sheet


def silent(sheet: Sheet, rota: Rota, until: int) -> list[Sheet]:
    """The page under way and the pages after it if nothing more is heard up to ``until``."""
    pages = Pages(sheet.copy(), rota)
    pages.lose(until, every=False)
    return [*pages.closed, *([pages.sheet] if pages.sheet else [])]
