"""What ``reference`` holds of the town: source, radios, hot spots, plans and duties. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from services.contracts.reference import Duty, Reference, key_of
from services.contracts.register import Register
from services.ingest import duties, hotspots, plans, radios, sources
from services.simulator.drawing import SOURCE, radio_body, source_body
from services.simulator.planning import plans as plan_bodies
from services.simulator.roster import FIRST_DUTY
from services.simulator.roster import duties as duty_bodies
from services.simulator.shifts import Shift
from services.simulator.town import feature
from services.simulator.world import World

BY = "stepsix demo"


def beginning(register: Register) -> int | None:
    """When the town of a log began, in epoch milliseconds; None where the log has none."""
    found = register.versions(f"duty/{FIRST_DUTY}")
    duty = found[-1].message if found else None
    return duty.since if isinstance(duty, Duty) else None


def unknown(known: Register, all_of_it: Iterable[Reference]) -> list[Reference]:
    """What of it ``reference`` never held: what is there may have been edited, or removed."""
    return [message for message in all_of_it if not known.versions(key_of(message))]


def town_of(world: World, began: int, day_starts: time) -> Iterator[Reference]:
    """The town as it is drawn, in force since it began."""
    yield sources.to_message(
        sources.NewSource.model_validate(source_body(began)), SOURCE, BY, began
    )
    for radio in world.radios:
        new = radios.NewRadio.model_validate(radio_body(radio, began))
        yield radios.to_message(new, radio.radio_id, BY, began)
    since = datetime.fromtimestamp(began / 1000, UTC).isoformat()
    for hotspot in world.town.hotspots:
        drawn = hotspots.KIND.new.model_validate(feature(hotspot, since))
        yield hotspots.KIND.to_message(drawn, hotspot.hotspot_id, BY, began)
    for body in plan_bodies(day_starts, began):
        plan = plans.NamedPlan.model_validate(body)
        yield plans.to_message(plan, plan.plan_id, BY, began)


def rosters_of(shifts: Iterable[Shift], officers: int) -> Iterator[Reference]:
    """Who is on duty in these shifts."""
    for shift in shifts:
        for body in duty_bodies(shift, officers):
            duty = duties.RosterDuty.model_validate(body)
            yield duties.to_message(duty, duty.duty_id, BY, shift.since)
