"""Episodes of silence, folded from what the partitions tell. Pure.

1. A unit's episode is its own partition's: the higher revision holds. An unexpected loss is not
   shown before it is decided whether it is one of an area (areas.py); then its cause is.
2. Outages of a source or of the pipeline are told by every partition and shown once (outages.py).
3. An area is nobody's word: it is recognised here, and shown as an episode that names its radios.
"""

from __future__ import annotations

from msgspec.structs import replace

from services.contracts.derived import Signal
from services.metrics.areas import Areas
from services.metrics.episodes import Episode, Episodes, Label, Subject
from services.metrics.outages import Outages
from services.metrics.units import OFF_DUTY, Unit
from services.metrics.whereabouts import Town


class Signals:
    """All that is known of silence; ``episodes`` is what of it is shown."""

    def __init__(self) -> None:
        self.episodes = Episodes()
        self._told: dict[str, Signal] = {}
        self._areas = Areas()
        self._outages = Outages()
        self._changed: set[str] = set()
        self._declared: list[Label] = []

    def apply(self, partition: int, signal: Signal) -> None:
        """Fold in what a partition tells."""
        if signal.radio_id is None:
            self._apply_outage(partition, signal)
            return
        known = self._told.get(signal.episode_id)
        if known is not None and signal.revision < known.revision:
            return
        self._told[signal.episode_id] = signal
        if signal.type == "lost" and signal.cause == "unexpected":
            self._areas.take(signal)
            if not self._areas.is_held(signal.episode_id):
                self._show_unit(signal.episode_id)
        else:
            self._areas.let_go(signal)
            self._show_unit(signal.episode_id)

    def review(self, time: int, town: Town) -> None:
        """Decide whose fault it is what is held until an engine time that is reached now."""
        decided = self._areas.review(time, town)
        for episode_id in sorted(decided.losses):
            self._show_unit(episode_id)
        for area in decided.areas.values():
            self._show(Episode(area.signal(), tuple(sorted(area.members))))

    def silence_of(self, radio_id: str) -> Signal | None:
        """The episode of a radio that goes on; None where none does."""
        found = self.episodes.open_of(Subject("radio", radio_id))
        return found[-1].signal if found else None

    def is_excused(self, unit: Unit) -> bool:
        """Whether a unit may be silent: it said so, or its source is out."""
        if unit.position.status == OFF_DUTY:
            return True
        silence = self.silence_of(unit.position.radio_id)
        if silence is not None and silence.type == "lost" and silence.cause == "explained":
            return True
        outages = self.episodes.open_of(Subject("source", unit.position.source))
        return any(each.signal.type == "lost" for each in outages)

    def forget(self, kept_from: int) -> None:
        """Drop what ended and was declared before a time."""
        if kept_from == self.episodes.kept_from:
            return
        gone = self.episodes.forget(kept_from)
        for episode_id in gone:
            self._told.pop(episode_id, None)
        self._areas.forget(kept_from, gone)
        self._outages.forget(kept_from)

    def take_changes(self) -> tuple[set[str], list[Label]]:
        """The ids of the episodes changed since the last call, and the labels of new ones."""
        changed, declared = self._changed, self._declared
        self._changed, self._declared = set(), []
        return changed, declared

    def _apply_outage(self, partition: int, signal: Signal) -> None:
        retold = self._outages.apply(partition, signal)
        for episode_id in retold.gone:
            self.episodes.remove(episode_id)
            self._changed.add(episode_id)
        for each in retold.shown:
            self._show(Episode(each), renamed=bool(retold.gone))

    def _show_unit(self, episode_id: str) -> None:
        signal = self._told[episode_id]
        in_area = self._areas.has(episode_id)
        self._show(Episode(replace(signal, cause="area") if in_area else signal))

    def _show(self, episode: Episode, *, renamed: bool = False) -> None:
        episode_id = episode.signal.episode_id
        is_new = self.episodes.get(episode_id) is None
        if not self.episodes.put(episode):
            return
        self._changed.add(episode_id)
        if is_new and not renamed:
            self._declared.append(episode.label)
