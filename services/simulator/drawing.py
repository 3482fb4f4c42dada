"""Telling a service about the town: its source, radios and hot spots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from services.simulator.radio import Radio
from services.simulator.sending import Link
from services.simulator.town import Town, feature

SOURCE = "fenbridge"


async def draw(link: Link, town: Town, radios: Sequence[Radio], effective_from: int) -> bool:
    """Draw the hot spots that the service does not know yet; whether all of them were new.

    Those it knows stay as they are: somebody may have edited them. ``effective_from`` is in epoch
    milliseconds. Raises NotSent.
    """
    since = datetime.fromtimestamp(effective_from / 1000, UTC).isoformat()
    await link.request(
        "PUT",
        f"/v1/sources/{SOURCE}",
        {
            "name": "Simulated radios of Fenbridge",
            "expected_interval_s": 20,
            "effective_from": since,
        },
    )
    for radio in radios:
        await link.request(
            "PUT",
            f"/v1/radios/{radio.radio_id}",
            {
                "model": radio.model.name,
                "call_sign": radio.call_sign,
                "expected_interval_s": radio.model.interval_s,
                "effective_from": since,
            },
        )
    unknown = []
    for hotspot in town.hotspots:
        answer = await link.request(
            "GET", f"/v1/hotspots/{hotspot.hotspot_id}", expected=(HTTPStatus.NOT_FOUND,)
        )
        if answer.status_code == HTTPStatus.NOT_FOUND:
            unknown.append(feature(hotspot, since))
    if unknown:
        collection = {"type": "FeatureCollection", "features": unknown}
        await link.request("PUT", "/v1/hotspots", collection)
    return len(unknown) == len(town.hotspots)
