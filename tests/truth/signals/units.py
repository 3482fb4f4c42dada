"""The episodes of units held against the truth: which losses were found, which alarms were none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.truth.signals.episodes import Episode
from tests.truth.signals.force import mast_outages
from tests.truth.signals.telling import Told
from tests.truth.signals.truth import ON_TIME_MS, Absence
from tests.truth.signals.worlds import Kind, Span, World

GIVE_REASONS: frozenset[Kind] = frozenset(
    {"flat_battery", "said_why", "said_late", "tunnel", "tunnel_without_gps"}
)
"""What is told and explained. Who is off duty need not be told at all."""


class Found(NamedTuple):
    """A true loss, and the episode that told it."""

    absence: Absence
    episode: Episode

    @property
    def is_on_time(self) -> bool:
        """Whether it was told as soon as it could be, and its end too."""
        absence, episode = self.absence, self.episode
        return (
            absence.due <= episode.declared_at <= absence.deadline + ON_TIME_MS
            and episode.ended_at is not None
            and absence.again <= episode.ended_at <= absence.again + ON_TIME_MS
        )


class Verdict:
    """Over the episodes of a world's units.

    ``missed`` are the losses that had to be told and were not, ``false`` the unexpected episodes
    that were none, by what caused them. ``masts`` are those that a mast's outage caused: an engine
    knows only its own partition's, so these count as false where a control room was alarmed. And
    it has to be alarmed by every loss. Of the reasons that were ``given`` so many were
    ``explained``.
    """

    def __init__(self, world: World, told: Told, episodes: Iterable[Episode]) -> None:
        self.found: dict[int, Found] = {}
        self.false: Counter[str] = Counter()
        self.masts: list[Episode] = []
        self._explained: set[int] = set()
        self._world, self._told = world, told
        places = {unit.radio_id: place for place, unit in enumerate(told.force)}
        for episode in episodes:
            self._take(places[episode.signal.radio_id or ""], episode)
        absences = told.truth.absences.items()
        self.missed = [
            absence
            for place, absence in absences
            if absence.is_loss and absence.has_to_be_told and place not in self.found
        ]
        given = {
            place
            for place, absence in absences
            if absence.kind in GIVE_REASONS and absence.has_to_be_told
        }
        self.given, self.explained = len(given), len(given & self._explained)

    def _take(self, place: int, episode: Episode) -> None:
        absence = self._told.truth.absences.get(place)
        if absence is None or not absence.holds(episode.declared_at):
            if episode.alarmed:
                self._take_false(place, episode)
        elif absence.is_silent != (episode.signal.type == "lost"):
            self.false[f"{absence.kind} as {episode.signal.type}"] += episode.alarmed
        elif absence.is_loss:
            if place in self.found:
                self.false[f"{absence.kind} again"] += 1
            elif episode.signal.episode_id in self._told.alarms:
                self.found[place] = Found(absence, episode)
        elif absence.kind == "said_late" and episode.declared_at < absence.said_at:
            self._take_late(place, absence, episode)
        elif episode.alarmed:
            self.false[absence.kind] += 1
        else:
            self._explained.add(place)

    def _take_late(self, place: int, absence: Absence, episode: Episode) -> None:
        """One whose reason came late is unexpected until then, and no longer."""
        explained_at = episode.explained_at
        if explained_at is not None and explained_at <= absence.said_at + ON_TIME_MS:
            self._explained.add(place)
        else:
            self.false[absence.kind] += 1

    def _take_false(self, place: int, episode: Episode) -> None:
        unit = self._told.force[place]
        silence = Span(episode.last_heard_at, episode.declared_at)
        if any(silence.meets(span) for span in mast_outages(self._world, unit)):
            self.masts.append(episode)
            self.false["mast"] += episode.signal.episode_id in self._told.alarms
            return
        causes = [
            outage.kind
            for outage in self._told.truth.outages
            if unit.source.name in outage.sources and silence.meets(outage.span)
        ]
        self.false[causes[0] if causes else "nothing"] += 1
