"""What a service is told about the town, and telling it: source, radios, hot spots, duties.

What it knows already stays as it is: somebody may have edited it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from services.simulator.radio import Radio
from services.simulator.roster import FIRST_DUTY, duties
from services.simulator.sending import Link
from services.simulator.shifts import Shift
from services.simulator.town import Town, feature

SOURCE = "fenbridge"


def source_body(effective_from: int) -> dict[str, Any]:
    """The source as ``PUT /v1/sources`` takes it; it says that nothing of it is real."""
    return {
        "name": "Simulated radios of Fenbridge",
        "expected_interval_s": 20,
        "simulated": True,
        "effective_from": effective_from,
    }


def radio_body(radio: Radio, effective_from: int) -> dict[str, Any]:
    """A radio as ``PUT /v1/radios`` takes it."""
    return {
        "model": radio.model.name,
        "call_sign": radio.call_sign,
        "expected_interval_s": radio.model.interval_s,
        "effective_from": effective_from,
    }


async def beginning(link: Link) -> int | None:
    """When the service's town began (epoch ms); None where it has none yet. Raises NotSent."""
    answer = await link.request("GET", f"/v1/duties/{FIRST_DUTY}", expected=(HTTPStatus.NOT_FOUND,))
    if answer.status_code == HTTPStatus.NOT_FOUND:
        return None
    return round(datetime.fromisoformat(answer.json()["from"]).timestamp() * 1000)


async def draw(link: Link, town: Town, radios: Sequence[Radio], effective_from: int) -> None:
    """Draw what the service does not know, in force since then (epoch ms). Raises NotSent."""
    things = {f"/v1/sources/{SOURCE}": source_body(effective_from)}
    things |= {f"/v1/radios/{each.radio_id}": radio_body(each, effective_from) for each in radios}
    since = datetime.fromtimestamp(effective_from / 1000, UTC).isoformat()
    things |= {f"/v1/hotspots/{each.hotspot_id}": feature(each, since) for each in town.hotspots}
    for path, body in things.items():
        if not await link.knows(path):
            await link.request("PUT", path, body)


async def enrol(link: Link, shift: Shift, officers: int) -> None:
    """Put the duties of a shift on the roster, unless they are there. Raises NotSent."""
    roster = duties(shift, officers)
    if not await link.knows(f"/v1/duties/{roster[0]['duty_id']}"):
        await link.request("PUT", "/v1/duties", roster)
