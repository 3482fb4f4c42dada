"""A town that is listened to: ticks each second, and the episodes that they tell of."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from services.contracts.derived import Signal
from services.contracts.reference import Reference
from services.contracts.telemetry import Gps, Presence, Status, Telemetry, Tick
from services.geofence.emission import Output
from tests.support.square import Town, at

Said = Gps | Presence | Status


class Quiet(Town):
    """A town in which ``interval_s`` apart some radios are heard, each second there is a tick.

    ``radios`` is what the ticks say of how many radios the source ``s`` has.
    """

    def __init__(self, *reference: Reference, radios: int = 0) -> None:
        super().__init__(*reference)
        self.now = 0
        self.heard_at = -1
        self.radios = radios

    def until(self, second: int, *said: Said, instance: str = "i") -> list[Signal]:
        """Let time pass to ``second``, with what is said on the way: the episodes told of."""
        signals: list[Signal] = []
        waiting = sorted(said, key=heard_at)
        while self.now < second:
            self.now += 1
            due: list[Telemetry] = [each for each in waiting if heard_at(each) <= at(self.now)]
            waiting = waiting[len(due) :]
            if due:
                self.heard_at = self.now
            signals += told(self.step(*due, self._tick(instance)))
        assert not waiting
        return signals

    def pass_over(self, second: int) -> None:
        """Let time pass without any tick."""
        self.now = second

    def _tick(self, instance: str) -> Tick:
        heard = self.heard_at >= 0
        return Tick(
            instance=instance,
            at=at(self.now),
            reference_offset=0,
            sources={"s": at(self.heard_at)} if heard else {},
            radios={"s": self.radios} if heard and self.radios else {},
        )


def told(outputs: Sequence[Output]) -> list[Signal]:
    """The episodes among outputs."""
    messages = [output.message for output in outputs]
    return [message for message in messages if isinstance(message, Signal)]


def heard_at(message: Said) -> int:
    """When a message is received."""
    return message.received_at


def saying(message: Said, **more: object) -> Said:
    """A message that says something besides."""
    return msgspec.structs.replace(message, **more)
