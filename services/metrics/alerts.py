"""The alerts that hold now: what a control room has to look at. Pure.

1. **outage**: a source, the pipeline or all radios of an area are silent. No officer's fault.
2. **lost**: one radio is not heard, or shows no place, and nothing explains it.
3. **missed**: a window that was over today, be it yesterday's, and that was missed.
4. **no_patrol**: no patrol for four days although one was due (``compliance.neglect``).

The first kind is the most urgent; of one kind, what began last. An alert ends with what it is
about. Its id is made of that alone, so that it is the same after a restart, and is the thread in
which it is acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple, get_args

from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.neglect import Neglect
from services.metrics.compliance.windows import WindowFigures
from services.metrics.episodes import Cause, Episode, silent_since

Kind = Literal["outage", "lost", "missed", "no_patrol"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_OF_MANY: tuple[Cause, ...] = ("source", "pipeline", "area")


class Urgency(NamedTuple):
    """An alert's place among the others."""

    kind: int
    before_now: int
    alert_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert: an episode of silence, a window, or a hot spot that is neglected.

    ``of_control`` is one of a place where no patrols should be.
    """

    kind: Kind
    alert_id: str
    since: int
    hotspot_id: str | None = None
    episode: Episode | None = None
    window: WindowFigures | None = None
    days: int | None = None
    of_control: bool = False

    @property
    def urgency(self) -> Urgency:
        """Where it stands among the others."""
        return Urgency(KINDS.index(self.kind), -self.since, self.alert_id)


class Standing(NamedTuple):
    """A hot spot as it stands: its day, the day before, and whether it is neglected."""

    today: DayFigures
    yesterday: DayFigures
    neglect: Neglect | None


def alerts(
    episodes: Iterable[Episode], standings: Iterable[Standing], day_start: int
) -> list[Alert]:
    """The alerts of the episodes that go on and of hot spots, the most urgent first.

    ``day_start`` is when today began, in epoch milliseconds.
    """
    found = [*_of_silence(episodes)]
    for standing in standings:
        found += _of_windows(standing, day_start)
        if standing.neglect is not None:
            found.append(_of_neglect(standing.today, standing.neglect))
    return sorted(found, key=lambda each: each.urgency)


def _of_silence(episodes: Iterable[Episode]) -> Iterator[Alert]:
    for episode in episodes:
        signal = episode.signal
        if signal.cause == "unexpected":
            kind: Kind = "lost"
        elif signal.cause in _OF_MANY and signal.radio_id is None:
            kind = "outage"
        else:  # explained, or one radio of many
            continue
        yield Alert(
            kind=kind,
            alert_id=f"{kind}/{signal.episode_id}",
            since=silent_since(signal),
            hotspot_id=signal.hotspot_id,
            episode=episode,
        )


def _of_windows(standing: Standing, day_start: int) -> Iterator[Alert]:
    for figures in (standing.yesterday, standing.today):
        for each in figures.windows:
            window = each.window
            is_wanted = window.plan.arm != "control"
            if each.outcome == "missed" and window.wide.end > day_start and is_wanted:
                yield Alert(
                    kind="missed",
                    alert_id=f"missed/{figures.hotspot_id}/{_minute(window.span.start)}",
                    since=window.span.end,
                    hotspot_id=figures.hotspot_id,
                    window=each,
                    of_control=figures.is_control or standing.today.is_control,
                )


def _of_neglect(today: DayFigures, neglect: Neglect) -> Alert:
    last_day = neglect.last_day
    return Alert(
        kind="no_patrol",
        alert_id=f"no_patrol/{today.hotspot_id}/{last_day or 'none'}",
        since=neglect.since,
        hotspot_id=today.hotspot_id,
        days=(today.day - last_day).days if last_day else None,
        of_control=today.is_control,
    )


def _minute(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%MZ")
