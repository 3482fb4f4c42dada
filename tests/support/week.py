"""The worked week of docs/compliance.md: its files, as the log would tell them."""

from __future__ import annotations

from pathlib import Path

from services.cli import duty_rows, plan_rows
from services.cli.csv_rows import read_rows
from services.contracts.reference import Duty, Plan
from services.ingest import duties, plans
from tests.support.beat import Beat

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "week"
VISIT_COLUMNS = (
    "visit", "radio_id", "hotspot_id", "from", "to", "at_least", "at_most", "status", "status_from",
)  # fmt: skip
UNKNOWN_COLUMNS = ("radio_id", "from", "to")


def rows(name: str, columns: tuple[str, ...], folder: Path = FOLDER) -> list[dict[str, str]]:
    """The rows of a file, without what is empty."""
    return [row.cells for row in read_rows(folder / name, columns, ())]


def week_plans(beat: Beat, folder: Path = FOLDER) -> list[Plan]:
    """The plans, as an import puts them."""
    found = read_rows(folder / "plans.csv", plan_rows.COLUMNS, plan_rows.NEEDED)
    return [
        plans.to_message(plans.NamedPlan.model_validate(entry.body), entry.id_, "test", now=0)
        for entry in plan_rows.plans_of(found, beat.days)
    ]


def week_duties(beat: Beat, folder: Path = FOLDER) -> list[Duty]:
    """The roster, as an import puts it."""
    found = read_rows(folder / "duties.csv", duty_rows.COLUMNS, duty_rows.NEEDED)
    return [
        duties.to_message(duties.RosterDuty.model_validate(entry.body), entry.id_, "test", now=0)
        for entry in duty_rows.duties_of(found, beat.days)
    ]


def week() -> Beat:
    """All of it: who decided what, the visits by their names, and every duty accounted for."""
    beat = Beat()
    for plan in week_plans(beat):
        beat.knows(plan)
    for duty in week_duties(beat):
        beat.knows(duty)
    gaps = rows("unknown.csv", UNKNOWN_COLUMNS)
    for row in rows("visits.csv", VISIT_COLUMNS):
        radio, since, until = row["radio_id"], row["from"], row["to"]
        lost = [
            beat.at(gap["to"]) - beat.at(gap["from"])
            for gap in gaps
            if gap["radio_id"] == radio and since <= gap["from"] < until
        ]
        beat.visit(
            radio,
            since,
            until,
            bounds=(float(row["at_least"]), float(row["at_most"])),
            unknown=sum(lost) / 60_000,
            statuses=[(row["status"], row["status_from"], until)] if "status" in row else [],
            hotspot_id=row["hotspot_id"],
            visit_id=row["visit"],
        )
    for row in rows("duties.csv", tuple(duty_rows.COLUMNS)):
        its = [(gap["from"], gap["to"]) for gap in gaps if gap["radio_id"] == row["radio_id"]]
        beat.accounted(row["radio_id"], row["from"], row["to"], *its)
    return beat
