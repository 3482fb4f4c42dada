"""The patrols of docs/minutes.md: its pings are given to the engine, its figures are held to it.

The sums are on the page. Here they are read from it, so that no figure is printed that the
engine does not give.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from services.contracts.derived import Timesheet, Visit
from services.contracts.reference import Duty
from services.contracts.telemetry import Gps
from services.geofence.account import account
from services.geofence.survey import Surveyor
from tests.support.square import Town, at, fix, hotspot

Table = list[list[str]]
PAGE = (Path(__file__).parents[3] / "docs" / "minutes.md").read_text(encoding="utf-8")
PATROL = "A patrol, one ping a minute"
BEYOND = "A ping just beyond the line"
SILENCE = "Ten minutes of silence inside"
LATE = "A ping that comes late"
DUTY = "An hour in which a duty begins"


def tables(heading: str) -> list[Table]:
    """The tables under a heading, each with its head first and without the line under that."""
    [section] = [part for part in PAGE.split("\n## ") if part.startswith(heading)]
    blocks = [block.splitlines() for block in section.split("\n\n") if block.startswith("|")]
    return [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in (head, *rows)]
        for head, _, *rows in blocks
    ]


def second(clock: str) -> int:
    """The second after noon of 12:05 or 12:05:30."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return (hours - 12) * 3_600 + minutes * 60 + sum(seconds)


def clock(time: int) -> str:
    """12:05 or 12:05:30."""
    minutes, seconds = divmod((time - at(0)) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{12 + hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def seconds(ms: int) -> str:
    """1,560 s or 259.705 s."""
    return f"{ms / 1000:,.3f}".rstrip("0").rstrip(".") + " s"


def pings(table: Table, received_s: int | None = None) -> list[Gps]:
    """The pings of a table, received at once unless it is said when."""
    assert table[0] == ["ping", "from the middle", "circle", "what it gives"]
    made = []
    for when, east, circle, _ in table[1:]:
        made_s = second(when)
        made.append(
            fix(
                made_s,
                float(east.removesuffix(" m")),
                accuracy_m=float(circle.removesuffix(" m")),
                received_at=at(made_s if received_s is None else received_s),
            )
        )
    return made


def shown(visit: Visit) -> Table:
    """A visit as the page shows it."""
    assert visit.left_at is not None
    return [
        ["visit", "is"],
        ["from", clock(visit.entered_at)],
        ["until", clock(visit.left_at)],
        ["inside", seconds(visit.duration_ms)],
        ["at least", seconds(visit.low_ms)],
        ["at most", seconds(visit.high_ms)],
        ["unknown", seconds(visit.unknown_ms)],
        ["pings", str(visit.fixes)],
    ]


def rows(sheets: Sequence[Timesheet]) -> Table:
    """Timesheets as the page shows them."""
    return [
        [
            f"{clock(sheet.since)} to {clock(sheet.until)}",
            *map(seconds, (sheet.inside_ms, sheet.outside_ms, sheet.unknown_ms)),
            seconds(sheet.inside_ms + sheet.outside_ms + sheet.unknown_ms),
        ]
        for sheet in sheets
    ]


@pytest.mark.parametrize("heading", [PATROL, BEYOND, SILENCE])
def test_a_patrol_comes_to_what_the_page_says(heading: str) -> None:
    """Told once on entering and once on leaving, and the last is the page's."""
    made, expected = tables(heading)
    opened, closed = Town(hotspot()).visits(*pings(made))
    assert (opened.state, closed.state) == ("open", "closed")
    assert shown(closed) == expected


def test_a_late_ping_moves_the_end_of_the_same_visit() -> None:
    made, at_first, late, in_the_end = tables(LATE)
    town = Town(hotspot())
    _, left = town.visits(*pings(made))
    [moved] = town.visits(*pings(late, received_s=300))

    assert shown(left) == at_first
    assert shown(moved) == in_the_end
    assert moved.visit_id == left.visit_id
    assert (left.revision, moved.revision) == (2, 3)


def test_the_sheets_of_an_hour_add_up() -> None:
    """1,800 s each, and the page's last column is the sum of the three before it."""
    made, [head, *expected] = tables(DUTY)
    surveyor = Surveyor()
    duty = Duty(
        duty_id="d-1",
        radio_id="r-1",
        since=at(second("12:30")),
        until=at(second("13:00")),
        officer_ids=["P1"],
        effective_from=0,
        changed_by="a",
    )
    surveyor.learn(0, hotspot())
    surveyor.learn(1, duty)
    found = account(surveyor, "r-1", pings(made), at(second("13:00")))

    assert head == ["sheet", "inside", "outside", "unknown", "together"]
    assert rows(found.timesheets) == expected
    assert {row[-1] for row in expected} == {"1,800 s"}


def test_every_patrol_of_the_page_is_worked_here() -> None:
    headings = [part.partition("\n")[0] for part in PAGE.split("\n## ")[1:]]
    assert headings == [PATROL, BEYOND, SILENCE, LATE, DUTY]
