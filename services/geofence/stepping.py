"""The engine stepped through records as read, and taught ``reference`` where a tick asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.telemetry import Telemetry
from services.eventlog.port import LogRecord, NewRecord, Truncated
from services.geofence.doubts import Doubts, Stumbled
from services.geofence.emission import Output
from services.geofence.engine import Engine, Step
from services.geofence.intake import take_in
from services.geofence.teaching import Teacher


class Stepped(NamedTuple):
    """What records gave: outputs, dead letters, and how many there were of each kind."""

    outputs: list[Output]
    letters: list[NewRecord]
    kinds: Counter[str]


class Stepper:
    """Steps one partition's engine; every record is stepped or becomes a dead letter."""

    def __init__(self, engine: Engine, teacher: Teacher, doubts: Doubts) -> None:
        self.engine = engine
        self._teacher = teacher
        self._doubts = doubts

    async def through(self, records: Sequence[LogRecord]) -> Stepped:
        """Step through all of them.

        Raises Unavailable where ``reference`` cannot be read, and Stumbled, after which the engine
        is of no more use.
        """
        engine = self.engine
        intake = self._doubts.sift(engine.partition, take_in(engine.partition, records))
        outputs: list[Output] = []
        letters = list(intake.letters)
        at, count = 0, len(intake.records)
        singly = self._doubts.about(intake.records)
        while at < count:
            until = at + 1 if singly else count
            step = _step(engine, intake.records[at:until], intake.messages[at:until])
            outputs += step.outputs
            at += step.taken
            if step.reference_wanted is not None:
                tick = intake.records[at]
                letters += await self._teach(step.reference_wanted, tick.offset)
        return Stepped(outputs, letters, intake.kinds)

    async def _teach(self, until: int, offset: int) -> list[NewRecord]:
        """Teach the engine ``reference`` up to where the tick at ``offset`` says that it reaches.

        It is appended before any tick names it: one that names what is not there is none of ours.
        """
        try:
            return await self._teacher.teach(self.engine, self.engine.reference_offset, until)
        except Truncated as error:
            raise Stumbled(offset, offset, error) from error


def _step(engine: Engine, records: Sequence[LogRecord], messages: Sequence[Telemetry]) -> Step:
    try:
        return engine.step(records, messages)
    except MemoryError:
        raise  # the process's trouble, and no record's
    except Exception as error:
        raise Stumbled(records[0].offset, records[-1].offset, error) from error
