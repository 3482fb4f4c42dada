"""Windows on the clock of a force's day: how long they are, and which overlap."""

from __future__ import annotations

from datetime import time

import pytest

from services.contracts.reference import Window
from services.ingest.windows import length_minutes, overlap

MIDNIGHT, SIX = time(0), time(6)


def window(words: str) -> Window:
    since, until = words.split("-")
    return Window(since=since, until=until, patrols=1)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("10:00-11:30", 90),
        ("22:00-02:00", 240),
        ("23:59-00:00", 1),
        ("00:00-23:59", 1439),
        ("12:00-11:59", 1439),
    ],
)
def test_how_long_a_window_is(words: str, minutes: int) -> None:
    assert length_minutes(window(words)) == minutes


@pytest.mark.parametrize(
    ("windows", "day_starts", "daily", "words"),
    [
        ("", MIDNIGHT, True, None),
        ("10:00-11:00 11:00-12:00", MIDNIGHT, True, None),
        ("11:00-12:00 10:00-11:01", MIDNIGHT, False, "10:00 to 11:01 and 11:00 to 12:00 overlap"),
        ("10:00-14:00 11:00-12:00", MIDNIGHT, False, "10:00 to 14:00 and 11:00 to 12:00 overlap"),
        # The small hours of a day that starts at midnight are long over when its night begins...
        ("22:00-02:00 01:00-03:00", MIDNIGHT, False, None),
        # ... but those of the next day are not.
        (
            "22:00-02:00 01:00-03:00",
            MIDNIGHT,
            True,
            "22:00 to 02:00 overlaps 01:00 to 03:00 of the next day",
        ),
        # By a day that starts at 06:00 they are one night.
        ("01:00-03:00 22:00-02:00", SIX, False, "22:00 to 02:00 and 01:00 to 03:00 overlap"),
        ("22:00-02:00 02:00-06:00", SIX, True, None),
        ("22:00-06:00 06:00-07:00", SIX, True, None),
        ("05:00-07:00 06:00-06:30", SIX, True, "05:00 to 07:00 overlaps 06:00 to 06:30 of the"),
        ("12:00-11:59", MIDNIGHT, True, None),
    ],
)
def test_which_windows_overlap(
    windows: str, day_starts: time, *, daily: bool, words: str | None
) -> None:
    found = overlap([window(each) for each in windows.split()], day_starts, daily=daily)
    assert (found is None) == (words is None)
    assert (found or "").startswith(words or "")
