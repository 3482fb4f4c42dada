"""Episodes as a reader sees them: the signals of one partition by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.derived import Signal
from tests.support.square import NOON
from tests.truth.signals.telling import Telling


class Episode(NamedTuple):
    """All that was told of one episode, in order."""

    tellings: list[Telling]

    @property
    def signal(self) -> Signal:
        """What was told first."""
        return self.tellings[0].signal

    @property
    def declared_at(self) -> int:
        """When it was told first."""
        return self.tellings[0].at

    @property
    def last_heard_at(self) -> int:
        """The log time that a unit's has; before the world where none is told."""
        return (self.signal.last_heard_at or 0) - NOON

    @property
    def ended_at(self) -> int | None:
        """When its end was told."""
        last = self.tellings[-1]
        return None if last.signal.ended_at is None else last.at

    @property
    def alarmed(self) -> bool:
        """Whether it was ever an unexpected one."""
        return any(telling.signal.cause == "unexpected" for telling in self.tellings)

    @property
    def explained_at(self) -> int | None:
        """When it was first told to be explained; None where it never was."""
        return next((each.at for each in self.tellings if each.signal.cause == "explained"), None)


def episodes_of(tellings: Sequence[Telling]) -> list[Episode]:
    """The episodes of one partition in the order in which they were first told."""
    found: dict[str, Episode] = {}
    for telling in tellings:
        found.setdefault(telling.signal.episode_id, Episode([])).tellings.append(telling)
    return list(found.values())
