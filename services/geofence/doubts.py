"""Which record made the engine fail: found by going on from the last commit, one at a time.

An engine that raised in the midst of a batch is of no more use, and the batch does not say which
of its records was to blame. So:

1. The batch is remembered, and the task starts over from the last commit.
2. When it comes to those records again it steps them one at a time, and fails at one.
3. That one is refused when the task comes to it a third time: it goes to ``dead-letters`` with what
   the engine said, and everything after it is stepped.

What is refused is refused again by whoever takes the partition over and stumbles over it in the
same way, so the outputs do not depend on who remembers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.eventlog.port import LogRecord
from services.geofence.intake import Intake, without


class Stumbled(Exception):
    """The engine failed on one of the records ``first`` to ``last``."""

    def __init__(self, first: int, last: int, error: Exception) -> None:
        super().__init__(f"the engine failed on {_which(first, last)}: {error!r}")
        self.first = first
        self.last = last
        self.error = error


@dataclass(slots=True)
class Doubts:
    """What one process knows of a partition's records that the engine stumbles over."""

    first: int = 0
    last: int = -1
    refused: dict[int, str] = field(default_factory=dict)

    def learn(self, stumbled: Stumbled) -> None:
        """Take note of a failure."""
        if stumbled.first == stumbled.last:
            self.refused[stumbled.first] = f"the engine cannot take it: {stumbled.error!r}"
        else:
            self.first, self.last = stumbled.first, stumbled.last

    def about(self, records: Sequence[LogRecord]) -> bool:
        """Whether these records have to be stepped one at a time."""
        return bool(records) and records[0].offset <= self.last and self.first <= records[-1].offset

    def sift(self, partition: int, intake: Intake) -> Intake:
        """The intake without what is refused, and a letter for each of that."""
        refused = self.refused
        if not refused or not any(record.offset in refused for record in intake.records):
            return intake
        return without(intake, partition, refused)


def _which(first: int, last: int) -> str:
    return f"record {first}" if first == last else f"one of the records {first} to {last}"
