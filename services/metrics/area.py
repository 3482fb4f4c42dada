"""One area of silence, and when it is over. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from services.contracts.derived import Signal
from services.metrics.places import Place
from services.metrics.recognition import Silent, place_of_all
from services.metrics.whereabouts import Town


@dataclass(slots=True)
class Area:
    """Many radios of one mast or place; ``declared_at`` is that of the loss it was recognised by.

    ``revision`` counts how often it was told. Times are epoch milliseconds.
    """

    episode_id: str
    declared_at: int
    last_heard_at: int
    place: Place
    members: dict[str, Silent] = field(default_factory=dict)
    revision: int = 0
    ended_at: int | None = None

    def goes_on(self, at: int) -> bool:
        """Whether it is not over by a time."""
        return self.ended_at is None or self.ended_at > at

    @property
    def half_heard_at(self) -> int | None:
        """When half of its radios had been heard again; None while they have not."""
        heard = sorted(each.heard_at for each in self.members.values() if each.heard_at is not None)
        half = (len(self.members) + 1) // 2
        return heard[half - 1] if len(heard) >= half > 0 else None

    def add(self, silent: Iterable[Silent]) -> None:
        """Let radios be part of it."""
        self.members.update((each.radio_id, each) for each in silent)

    def leave_out(self, signal: Signal) -> bool:
        """Leave a radio out whose silence is explained; whether it was part of it."""
        radio_id = signal.radio_id or ""
        member = self.members.get(radio_id)
        if self.ended_at is not None or member is None:
            return False
        if member.episode_id not in (None, signal.episode_id):
            return False
        del self.members[radio_id]
        return True

    def hear(self, town: Town) -> None:
        """See which radios that were only overdue are heard, and leave out those forgotten."""
        for member in list(self.members.values()):
            if member.episode_id is not None or member.heard_at is not None:
                continue
            heard_at = town.heard_at(member.radio_id)
            if heard_at is None:
                del self.members[member.radio_id]
            elif heard_at > member.last_heard_at:
                member.heard_at = heard_at

    def signal(self) -> Signal:
        """How it is told."""
        place = self.place
        return Signal(
            episode_id=self.episode_id,
            type="lost",
            cause="area",
            declared_at=self.declared_at,
            revision=self.revision,
            reason="one place" if place.cell_id is None else f"mast {place.cell_id}",
            last_heard_at=self.last_heard_at,
            ended_at=self.ended_at,
            lat=place.lat,
            lon=place.lon,
            cell_id=place.cell_id,
        )


def new_area(found: list[Silent], declared_at: int) -> Area:
    """The area that radios make; its id is of the first, by whose loss it was recognised."""
    return Area(
        episode_id=sha256(f"area\n{found[0].episode_id}".encode()).hexdigest()[:16],
        declared_at=declared_at,
        last_heard_at=max(each.last_heard_at for each in found),
        place=place_of_all(found),
    )
