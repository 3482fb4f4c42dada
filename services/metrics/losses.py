"""The unexpected losses of radios, found by id and by who was near whom. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from services.contracts.derived import Signal
from services.metrics.episodes import silent_since
from services.metrics.places import Nearby, Place
from services.metrics.recognition import Silent
from services.metrics.whereabouts import Town

LONGEST_MS = 60 * 60 * 1000
"""Who was heard last so long before another did not fall silent at once with it."""


class Losses:
    """Those told, and among them those not looked at yet."""

    def __init__(self) -> None:
        self._fresh: dict[str, Signal] = {}
        self._by_id: dict[str, Silent] = {}
        self._near: Nearby[Silent] = Nearby()

    def take(self, signal: Signal) -> None:
        """Take in a loss, or that it is over."""
        known = self._by_id.get(signal.episode_id)
        if known is None:
            self._fresh[signal.episode_id] = signal
        else:
            known.heard_at = signal.ended_at

    def drop(self, episode_id: str) -> None:
        """Know nothing of a loss any more."""
        self._fresh.pop(episode_id, None)
        self._by_id.pop(episode_id, None)

    def get(self, episode_id: str) -> Silent | None:
        """One that was admitted."""
        return self._by_id.get(episode_id)

    def admit(self, town: Town) -> list[Signal]:
        """Put those taken in since the last call among the others, and give them out."""
        fresh, self._fresh = self._fresh, {}
        for signal in fresh.values():
            silent = self._by_id[signal.episode_id] = _silent(signal, town)
            self._near.add(silent.place, silent.last_heard_at, silent)
        return list(fresh.values())

    def around(self, silent: Silent, at: int) -> Iterator[Silent]:
        """Those about the place of one, itself among them, that are not heard at a time."""
        for loss in self._near.around(silent.place, silent.last_heard_at - LONGEST_MS):
            if self._by_id.get(loss.episode_id or "") is loss and loss.is_silent(at):
                yield loss

    def forget(self, kept_from: int) -> None:
        """No longer find those by place that were heard last before a time."""
        self._near.forget(kept_from)


def _silent(signal: Signal, town: Town) -> Silent:
    """A loss as the engine told it; where it says no mast or position, that of the last ping."""
    radio_id = signal.radio_id or ""
    last = town.place_of(radio_id)
    place = Place(signal.cell_id or last.cell_id, signal.lat, signal.lon)
    if signal.lat is None:
        place = place._replace(lat=last.lat, lon=last.lon)
    last_heard_at = silent_since(signal)
    patience_ms = town.patience_ms(radio_id, signal.source or "")
    return Silent(
        radio_id=radio_id,
        place=place,
        last_heard_at=last_heard_at,
        patience_ms=patience_ms,
        missed_at=min(signal.declared_at, last_heard_at + patience_ms),
        heard_at=signal.ended_at,
        episode_id=signal.episode_id,
    )
