"""Limits: what a radio's source says about its fixes, as in force when a fix was made."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from services.contracts.reference import Source, Token
from services.contracts.register import Register
from services.contracts.telemetry import Gps
from services.geofence.zone import ALWAYS, FOREVER

INTERVALS_TO_UNKNOWN = 3
LEAST_UNKNOWN_S = 180.0
METRES_PER_HDOP = 5.0
"""The 68 % radius of a receiver of ordinary quality at a dilution of precision of 1."""
WIDEST_CIRCLE = 1.62
"""The radius of the 95 % circle over that of the 68 % circle, for an error that is normal in both
directions: sqrt(ln 0.05 / ln 0.32)."""
LEAVING_CIRCLE = 1.19
"""The radius of the 80 % circle over that of the 68 % circle: sqrt(ln 0.2 / ln 0.32). A fix whose
80 % circle lies wholly outside has left (docs/decisions/0006-leaving.md)."""


@dataclass(slots=True, frozen=True)
class Limits:
    """What holds for the fixes of one radio through one source made in ``[since, until)``.

    ``hold_m`` is how far a radio may go unheard where its source reports by distance, else 0.
    """

    source: str
    since: int
    until: int
    default_accuracy_m: float
    usable_accuracy_m: float
    unknown_after_ms: int
    hold_m: float = 0.0

    def accuracy_m(self, fix: Gps) -> float:
        """The 68 % radius of a fix, in metres: as given, else by its hdop, else the default."""
        if fix.accuracy_m is not None:
            return fix.accuracy_m
        if fix.hdop is not None:
            return METRES_PER_HDOP * fix.hdop
        return self.default_accuracy_m

    def reach_m(self, accuracy_m: float) -> float:
        """How far off a radio may be, in metres: the 95 % circle, and what its source holds."""
        return WIDEST_CIRCLE * accuracy_m + self.hold_m


NO_LIMITS = Limits("", FOREVER, FOREVER, 0.0, 0.0, 0)
"""Hold for no fix."""


def limits_at(register: Register, radio_id: str, source: str, at: int) -> Limits:
    """The limits for a fix made at ``at``, and how long before and after they are the same."""
    since, until = _interval(register, [f"source/{source}", f"radio/{radio_id}"], at)
    settings = register.source_or_usual(source, at)
    interval_s = register.expected_interval_s(radio_id, source, at)
    by_distance = settings.reporting == "distance"
    return Limits(
        source=source,
        since=since,
        until=until,
        default_accuracy_m=settings.default_accuracy_m,
        usable_accuracy_m=settings.usable_accuracy_m,
        unknown_after_ms=round(_unknown_after_s(settings, interval_s) * 1000),
        hold_m=settings.distance_m or 0.0 if by_distance else 0.0,
    )


def _unknown_after_s(settings: Source, interval_s: float) -> float:
    """After how long a gap says nothing of where a radio was."""
    if settings.unknown_after_s is not None:
        return settings.unknown_after_s
    usual_s = max(INTERVALS_TO_UNKNOWN * interval_s, LEAST_UNKNOWN_S)
    if settings.reporting == "distance" and settings.periodic_max_s is not None:
        return max(settings.periodic_max_s + interval_s, usual_s)
    return usual_s


def _interval(register: Register, keys: list[str], at: int) -> tuple[int, int]:
    """The stretch ``[since, until)`` around a time in which none of these things changes."""
    changes = sorted(
        version.message.effective_from
        for key in keys
        for version in register.versions(key)
        if not isinstance(version.message, Token)
    )
    edges = [ALWAYS, *changes, FOREVER]
    later = bisect_right(edges, at)
    return edges[later - 1], edges[later]
