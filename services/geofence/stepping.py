"""The engine stepped through a batch, and taught ``reference`` where a tick asks for it."""

from __future__ import annotations

from services.eventlog.port import NewRecord
from services.geofence.emission import Output
from services.geofence.engine import Engine
from services.geofence.intake import Intake
from services.geofence.teaching import Teacher


async def step_through(
    engine: Engine, teacher: Teacher, intake: Intake
) -> tuple[list[Output], list[NewRecord]]:
    """Step through the whole intake: its outputs, and dead letters for unreadable reference.

    Raises LogError where ``reference`` cannot be read.
    """
    step = engine.step(intake.records, intake.messages)
    outputs, taken = step.outputs, step.taken
    letters: list[NewRecord] = []
    while step.reference_wanted is not None:
        letters += await teacher.teach(engine, engine.reference_offset, step.reference_wanted)
        step = engine.step(intake.records[taken:], intake.messages[taken:])
        outputs += step.outputs
        taken += step.taken
    return outputs, letters
