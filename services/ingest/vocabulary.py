"""The statuses of officers in the words of stepsix, into which a source's own codes translate."""

from __future__ import annotations

from typing import Literal, get_args

OfficerStatus = Literal[
    "emergency",
    "on_duty",
    "on_patrol",
    "at_station",
    "refreshments",
    "en_route",
    "at_scene",
    "committed",
    "escort",
    "court",
    "off_duty",
]
OFFICER_STATUSES: tuple[str, ...] = get_args(OfficerStatus)
