"""What the engine remembers of a unit: its snapshot is this, as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.contracts.derived import Ring
from services.contracts.telemetry import Gps, Presence, Status
from services.geofence.sheet import Sheet
from services.geofence.silence.episode import Episode
from services.geofence.statuses import Given
from services.geofence.trail import Trail
from services.geofence.zone import ALWAYS


@dataclass(slots=True, kw_only=True)
class Stay:
    """A visit as it grows, in one ring of one hot spot; ``source`` is that of its first fix.

    ``changed`` is the offset of the record that last changed it and ``told`` that of the last one
    it was told of at. ``crossing_ms2`` is the sum of the squares of the gaps in which the ring was
    entered and left. ``left_at`` is set once it is closed, by the fix made at ``closed_by``; while
    only a tick has closed it, ``closed_by`` is None.
    """

    visit_id: str
    source: str
    hotspot_id: str
    hotspot_version: int
    ring: Ring
    entered_at: int
    last_fix_time: int
    changed: int
    told: int
    fixes: int = 1
    estimate_ms: int = 0
    low_ms: int = 0
    unknown_ms: int = 0
    crossing_ms2: int = 0
    left_at: int | None = None
    closed_by: int | None = None

    @property
    def place(self) -> str:
        """The ring it is a stay in, whatever the version of the hot spot."""
        return f"{self.hotspot_id}/{self.ring}"

    @property
    def ends(self) -> int:
        """When it ended, or how far it is known."""
        return self.last_fix_time if self.left_at is None else self.left_at

    def copy(self) -> Stay:
        """The same, to be gone on with by itself."""
        return Stay(
            visit_id=self.visit_id,
            source=self.source,
            hotspot_id=self.hotspot_id,
            hotspot_version=self.hotspot_version,
            ring=self.ring,
            entered_at=self.entered_at,
            last_fix_time=self.last_fix_time,
            changed=self.changed,
            told=self.told,
            fixes=self.fixes,
            estimate_ms=self.estimate_ms,
            low_ms=self.low_ms,
            unknown_ms=self.unknown_ms,
            crossing_ms2=self.crossing_ms2,
            left_at=self.left_at,
            closed_by=self.closed_by,
        )

    def figures(self) -> tuple[str | int | None, ...]:
        """All that is told of it but who it is."""
        return (
            self.source,
            self.hotspot_version,
            self.entered_at,
            self.last_fix_time,
            self.left_at,
            self.fixes,
            self.estimate_ms,
            self.low_ms,
            self.unknown_ms,
            self.crossing_ms2,
        )


@dataclass(slots=True, kw_only=True)
class Course:
    """Where a unit's fixes, taken in the order in which they were made, have brought it.

    ``at``, ``lon``, ``lat`` and ``reach_m`` are the time, place and 95 % reach of the newest fix
    that was used, ``unknown_after_ms`` and ``holds`` what its source says of the gap after it
    (limits.py). ``touched`` has, by place, how surely that fix was in each ring it touched
    (membership.py). ``stays`` are the visits that go on, by place, and ``sheet`` the timesheet
    under way. ``doubted`` is a jump that the next fix may confirm; ``repeats`` and ``varied``
    count how often the last place was repeated and how many different ones came before
    (screening.py). ``aside`` has the fixes set aside before there was a sheet.
    """

    at: int = ALWAYS
    lon: float = 0.0
    lat: float = 0.0
    reach_m: float = 0.0
    unknown_after_ms: int = 0
    holds: bool = False
    touched: dict[str, int] = field(default_factory=dict)
    stays: dict[str, Stay] = field(default_factory=dict)
    sheet: Sheet | None = None
    doubted: tuple[int, float, float, float] | None = None
    repeats: int = 0
    varied: int = 0
    aside: dict[str, int] = field(default_factory=dict)

    def copy(self) -> Course:
        """The same, to be gone on with by itself."""
        return Course(
            at=self.at,
            lon=self.lon,
            lat=self.lat,
            reach_m=self.reach_m,
            unknown_after_ms=self.unknown_after_ms,
            holds=self.holds,
            touched=self.touched,
            stays={place: stay.copy() for place, stay in self.stays.items()},
            sheet=self.sheet and self.sheet.copy(),
            doubted=self.doubted,
            repeats=self.repeats,
            varied=self.varied,
            aside=dict(self.aside),
        )


@dataclass(slots=True)
class Past:
    """What is closed of a unit and may still change: visits and timesheets, oldest first."""

    stays: list[Stay] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


@dataclass(slots=True)
class Milestone:
    """A course as it was once every fix made at or before ``at`` had been taken."""

    at: int
    course: Course


@dataclass(slots=True, kw_only=True)
class Unit:
    """One radio.

    ``last`` is the last record heard of it, ``offset`` the offset of the last one about it and
    ``as_of`` the engine's time when it was heard; ``told_of`` is that time when another source last
    said a status of it. ``fix`` is its newest used fix, ``fixed_as_of`` the engine's time there,
    and ``accuracy_m`` its 68 % radius where it says none; ``unfit`` says why no fix since was used.
    ``episode`` is its silence while that lasts (silence/watch.py). ``expires`` is
    the engine time after which nothing is known of it any more, and ``lapsed`` whether a tick has
    closed its visits since. ``statuses`` are those of its officer that held in a visit that may
    still change, or since. ``trail`` has its kept fixes, ``milestones`` its course before and
    among them, and ``past`` what has closed since the first of these. ``aside`` counts the fixes
    never taken into the trail, by minute of receipt and reason. ``withdrawn`` are the timesheets to
    be taken back, ``accounted`` is how far silence has been told of in timesheets, and ``silent``
    are those told of nothing else. ``ended`` are the hot spots that were deleted while it was in
    them.
    """

    radio_id: str
    source: str
    heard_at: int
    as_of: int
    offset: int
    last: Gps | Presence | Status
    fix: Gps | None = None
    told_of: int = 0
    fixed_as_of: int = 0
    unfit: str | None = None
    episode: Episode | None = None
    accuracy_m: float = 0.0
    expires: int = 0
    lapsed: bool = False
    statuses: list[Given] = field(default_factory=list)
    course: Course = field(default_factory=Course)
    trail: Trail = field(default_factory=Trail)
    milestones: list[Milestone] = field(default_factory=lambda: [Milestone(ALWAYS, Course())])
    past: Past = field(default_factory=Past)
    aside: dict[int, dict[str, int]] = field(default_factory=dict)
    withdrawn: list[int] = field(default_factory=list)
    accounted: int = 0
    silent: list[int] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    @property
    def status(self) -> str | None:
        """The newest status of its officer."""
        return self.statuses[-1].status if self.statuses else None

    @property
    def status_at(self) -> int:
        """Since when that holds; 0 where there is none."""
        return self.statuses[-1].at if self.statuses else 0

    @property
    def cell_id(self) -> str | None:
        """The mast that served it last, where it said."""
        last = None if isinstance(self.last, Status) else self.last.cell_id
        return last or (self.fix.cell_id if self.fix else None)
