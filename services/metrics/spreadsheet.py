"""Visits and timesheets as rows of a spreadsheet. Pure.

``figures`` says in words whether they may still change: ``provisional`` or ``final``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.contracts.derived import Timesheet, Visit
from services.metrics import accounts, resources

VISIT_COLUMNS = (
    "visit_id",
    "radio_id",
    "source",
    "hotspot_id",
    "hotspot_version",
    "ring",
    "entered_at",
    "left_at",
    "seconds",
    "seconds_low",
    "seconds_high",
    "unknown_seconds",
    "fixes",
    "revision",
    "state",
    "figures",
)
TIMESHEET_COLUMNS = (
    "radio_id",
    "hour",
    "from",
    "to",
    "hotspot_id",
    "ring",
    "seconds_low",
    "seconds",
    "seconds_high",
    "inside_seconds",
    "outside_seconds",
    "unknown_seconds",
    "unknown_episode_ids",
    "fixes",
    "set_aside",
    "revision",
    "figures",
)


def visit_row(visit: Visit) -> list[object]:
    """The row of one visit."""
    resource: Mapping[str, object] = {
        **resources.visit(visit),
        "figures": figures_word(visit.settled),
    }
    return [resource[column] for column in VISIT_COLUMNS]


def timesheet_rows(sheet: Timesheet, during: accounts.EpisodesDuring) -> Iterator[list[object]]:
    """The rows of one sheet: the whole of it, then each ring of each hot spot.

    The whole has no hot spot and a ring has no whole, so that no column adds anything up twice.
    """
    said = accounts.timesheet(sheet, during)
    unknown = [episode_id for span in said["unknown"] for episode_id in span["episode_ids"]]
    which = {
        "radio_id": said["radio_id"],
        "hour": said["hour"],
        "from": said["from"],
        "to": said["to"],
        "revision": said["revision"],
        "figures": figures_word(said["settled"]),
    }
    whole = {
        "inside_seconds": said["inside_seconds"],
        "outside_seconds": said["outside_seconds"],
        "unknown_seconds": said["unknown_seconds"],
        "unknown_episode_ids": " ".join(dict.fromkeys(unknown)),
        "fixes": said["fixes"],
        "set_aside": sum(said["set_aside"].values()),
    }
    yield _timesheet_row(which | whole)
    for hotspot_id, rings in said["hotspots"].items():
        for ring, time in (("core", rings["core"]), ("catchment", rings["catchment"])):
            place = {
                "hotspot_id": hotspot_id,
                "ring": ring,
                "seconds_low": time["low"],
                "seconds": time["estimate"],
                "seconds_high": time["high"],
            }
            yield _timesheet_row(which | place)


def _timesheet_row(cells: Mapping[str, object]) -> list[object]:
    return [cells.get(column) for column in TIMESHEET_COLUMNS]


def figures_word(settled: bool) -> str:  # noqa: FBT001 - the flag is the message's own
    """Whether figures may still change."""
    return "final" if settled else "provisional"
