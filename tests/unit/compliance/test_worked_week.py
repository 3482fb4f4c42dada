"""The worked week of docs/compliance.md: every figure in its tables is what the rules give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.contracts.derived import Bounds
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol
from tests.support.beat import WEEK, Beat
from tests.support.week import VISIT_COLUMNS, rows, week

PAGE = (Path(__file__).parents[3] / "docs" / "compliance.md").read_text(encoding="utf-8")
PLACES = ("market", "station", "park")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOW = "2026-06-08 12:00"
KINDS = {
    "qualifying": "good",
    "long": "long stay",
    "uncertain": "not certain",
    "short": "short visit",
    "interrupted": "called away",
    "other_work": "other work",
}
STATUSES = {
    "met": "met",
    "missed": "missed",
    "not_known": "not known",
    "not_planned": "nothing due",
    "contaminated": "patrolled on a no-patrol day",
}

Row = list[str]


@pytest.fixture(scope="module")
def beat() -> Beat:
    """The week as the files have it."""
    return week()


def table(heading: str) -> list[Row]:
    """The rows of the only table under a heading of the page."""
    [section] = [part for part in PAGE.split("\n### ") if part.startswith(f"{heading}\n")]
    [block] = [part for part in section.split("\n\n") if part.startswith("|")]
    lines = [line.strip().strip("|").split("|") for line in block.splitlines()[2:]]
    return [[cell.strip() for cell in line] for line in lines]


def minutes(ms: int) -> str:
    """As people write them: 12 or 11.5."""
    return f"{ms / 60_000:g}"


def three(bounds: Bounds) -> str:
    """At least, about and at most."""
    return " / ".join(map(minutes, (bounds.low_ms, bounds.estimate_ms, bounds.high_ms)))


def clock(beat: Beat, at: int) -> str:
    """Mon 12:05."""
    day = beat.days.day_of(at)
    minute = (at - beat.days.start_of(day)) // 60_000
    return f"{DAYS[day.weekday()]} {minute // 60:02}:{minute % 60:02}"


def window(beat: Beat, since: int, until: int) -> str:
    """12:00-14:00."""
    return "-".join(clock(beat, at)[4:] for at in (since, until))


def days(beat: Beat) -> Iterator[tuple[str, str, DayFigures]]:
    """Every day of every place, with their names."""
    for place in PLACES:
        for name, day in zip(DAYS, WEEK, strict=True):
            yield place, name, beat.day(day, now=NOW, place=place)


def test_the_visits(beat: Beat) -> None:
    told = []
    for row in rows("visits.csv", VISIT_COLUMNS):
        visit = beat.projection.visits.get(row["visit"])
        assert visit is not None
        assert visit.left_at is not None
        other = f"{row['status']} from {row['status_from'][-5:]}" if "status" in row else ""
        told.append(
            [
                visit.visit_id,
                visit.radio_id,
                visit.hotspot_id,
                clock(beat, visit.entered_at),
                clock(beat, visit.left_at),
                *map(minutes, (visit.low_ms, visit.duration_ms, visit.high_ms)),
                other,
            ]
        )
    assert table("The visits") == told


def test_the_patrols(beat: Beat) -> None:
    found = [
        (patrol.patrol.visits[0].entered_at, _patrol(beat, place, patrol))
        for place, _, figures in days(beat)
        for patrol in figures.patrols
    ]
    assert table("The patrols") == [row for _, row in sorted(found)]


def _patrol(beat: Beat, place: str, patrol: JudgedPatrol) -> Row:
    span, its = patrol.patrol.span, patrol.window
    return [
        place,
        " ".join(visit.visit_id for visit in patrol.patrol.visits),
        clock(beat, span.start),
        clock(beat, span.end),
        KINDS[patrol.kind],
        _counts(patrol),
        window(beat, *its.span) if its else "none",
        three(patrol.patrol_time),
        three(patrol.officer_time),
        three(patrol.allocated_time),
        three(patrol.other_time),
    ]


def _counts(patrol: JudgedPatrol) -> str:
    if patrol.counts:
        return "yes"
    if patrol.kind in ("qualifying", "long"):
        return "too near"
    return "perhaps" if patrol.may_count else "no"


def test_the_windows(beat: Beat) -> None:
    assert table("The windows") == [
        [
            place,
            day,
            window(beat, *each.window.span),
            str(each.window.patrols),
            str(each.delivered),
            each.outcome.replace("_", " "),
        ]
        for place, day, figures in days(beat)
        for each in figures.windows
    ]


def test_the_days(beat: Beat) -> None:
    told = {(row[0], row[1]): row for row in table("The days")}
    for place, name, figures in days(beat):
        row = _day(beat, place, name, figures)
        if (place, name) in told:
            assert told.pop((place, name)) == row
        else:
            assert not figures.patrols
            assert figures.status == "not_planned"
    assert not told


def _day(beat: Beat, place: str, name: str, figures: DayFigures) -> Row:
    last = beat.ledger.last_patrol(place, figures.day, beat.at(NOW))
    planned = figures.planned
    uncertain = sum(patrol.may_count for patrol in figures.patrols)
    numbers = (figures.number_of(kind) for kind in ("short", "interrupted", "long"))
    return [
        place,
        name,
        str(planned.patrols if planned else 0),
        str(figures.qualifying),
        str(uncertain),
        *map(str, numbers),
        minutes(planned.day_ms if planned else 0),
        three(figures.patrol_time),
        three(figures.officer_time),
        three(figures.allocated_time),
        three(figures.other_time),
        str((figures.day - last[0]).days) if last else "none",
        STATUSES[figures.status],
    ]


def test_the_week(beat: Beat) -> None:
    every = list(days(beat))
    assert table("The week") == [
        _week(place, [day for at, _, day in every if at == place]) for place in PLACES
    ]


def _week(place: str, its_days: list[DayFigures]) -> Row:
    planned = [day.planned for day in its_days if day.planned]
    times = [day.patrol_time for day in its_days]
    whole = Bounds(
        low_ms=sum(each.low_ms for each in times),
        estimate_ms=sum(each.estimate_ms for each in times),
        high_ms=sum(each.high_ms for each in times),
    )
    return [
        place,
        str(sum(each.patrols for each in planned)),
        str(sum(day.qualifying for day in its_days)),
        minutes(sum(each.day_ms for each in planned)),
        three(whole),
        *(
            str(sum(day.status == status for day in its_days))
            for status in ("met", "missed", "not_known")
        ),
    ]
