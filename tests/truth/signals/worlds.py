"""The worlds as ``worlds.toml`` fixes them: who falls silent, how many, and what goes down when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, Self

import msgspec
from msgspec.structs import replace

WORLDS = Path(__file__).with_name("worlds.toml")
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
NOTHING_LATELY_MS = 10 * MINUTE_MS
"""No outage ends later than this before the world does, so that what comes of it is seen."""

Kind = Literal[
    "broken",
    "emergency",
    "blind",
    "stuck",
    "flat_battery",
    "said_why",
    "said_late",
    "booked_off",
    "duty_over",
    "tunnel",
    "tunnel_without_gps",
]
LOSSES: frozenset[Kind] = frozenset({"broken", "emergency", "blind", "stuck"})
"""Those of which nobody said anything: the unexpected ones."""


class SourceOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gateway, and how its radios report; ``batch_s`` 0 posts each ping as it comes."""

    name: str
    interval_s: int
    jitter: float
    share: float = 0.25
    batch_s: int = 0

    @property
    def expected_s(self) -> int:
        """What a force sets as its expected interval."""
        return max(self.interval_s, self.batch_s)

    @property
    def threshold_ms(self) -> int:
        """For how long it or its radios may be silent: three intervals, and 90 s at least."""
        return max(3 * self.expected_s, 90) * 1000


class Happening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the ``share`` of the units meets with, for between the two of ``minutes``."""

    share: float
    minutes: tuple[float, float]


class Span(NamedTuple):
    """From when to when, in milliseconds since the world began."""

    since: int
    until: int

    def meets(self, other: Span) -> bool:
        """Whether they have a moment in common."""
        return self.since < other.until and other.since < self.until


class Down(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes down at the minutes ``at_min``, for so many of ``for_min`` each.

    - ``gateway``: ``source`` posts nothing;
    - ``clock``: the clock of ``source`` is ``ahead_s`` ahead;
    - ``mast``: radios of the ``masts`` reach nobody;
    - ``ingest``: ``instances`` stop, saying farewell or not, and start again under the same name
      or, ``renamed``, under another;
    - ``hang``: ``instances`` take nothing and say nothing, then go on.

    ``fate`` is of what is posted meanwhile, where nobody else takes it.
    """

    kind: Literal["gateway", "clock", "mast", "ingest", "hang"]
    at_min: list[float]
    for_min: list[float]
    source: str = ""
    masts: list[int] = []
    instances: list[str] = []
    ahead_s: int = 0
    farewell: bool = False
    renamed: bool = False
    fate: Literal["lost", "late"] = "lost"

    def spans(self) -> list[Span]:
        """Each time it goes down."""
        return [
            Span(round(at * MINUTE_MS), round((at + long) * MINUTE_MS))
            for at, long in zip(self.at_min, self.for_min, strict=True)
        ]

    def within(self, until: int) -> Down:
        """The same, but for what would not be over by then."""
        kept = [place for place, span in enumerate(self.spans()) if span.until <= until]
        return replace(
            self,
            at_min=[self.at_min[place] for place in kept],
            for_min=[self.for_min[place] for place in kept],
        )


class World(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One world: a row of the table. Sizes, and ``sources`` unless it has its own, are the file's.

    Of its sources the ``sticky`` ones keep to one of the ``instances`` of ingest each.
    """

    name: str
    seed: int
    happenings: dict[Kind, Happening]
    outages: list[Down] = []
    instances: list[str] = msgspec.field(default_factory=lambda: ["ingest-1"])
    sticky: list[str] = []
    sources: list[SourceOf] = []
    units: int = 0
    hours: int = 0
    partitions: int = 0
    masts: int = 0
    missing: float = 0.0

    @property
    def ends(self) -> int:
        """When it ends, in milliseconds since it began."""
        return self.hours * HOUR_MS


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How large a world is."""

    units: int
    hours: int
    partitions: int


class Worlds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    units: int
    hours: int
    partitions: int
    masts: int
    missing: float
    small: Size
    sources: list[SourceOf]
    worlds: list[World]

    @classmethod
    def read(cls) -> Self:
        """The file as it stands. Raises msgspec.ValidationError where it says anything else."""
        return msgspec.convert(tomllib.loads(WORLDS.read_text()), cls)

    def full(self) -> Iterator[World]:
        """Every world in the size of a force."""
        return self._sized(Size(self.units, self.hours, self.partitions))

    def in_small(self) -> Iterator[World]:
        """Every world in the size of a unit test."""
        return self._sized(self.small)

    def _sized(self, size: Size) -> Iterator[World]:
        until = size.hours * HOUR_MS - NOTHING_LATELY_MS
        for world in self.worlds:
            yield replace(
                world,
                units=size.units,
                hours=size.hours,
                partitions=size.partitions,
                masts=self.masts,
                missing=self.missing,
                sources=world.sources or self.sources,
                outages=[down.within(until) for down in world.outages],
            )
