"""Why a patrol, a window or a day is what it is, in words that have the numbers in them."""

from __future__ import annotations

import pytest

from services.metrics.compliance.reasons import in_words, of_day, of_patrol, of_window
from tests.support.beat import Beat


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 min"),
        (600_000, "10 min"),
        (599_000, "9 min 59 s"),
        (599_999, "9 min 59.999 s"),
        (599_500, "9 min 59.5 s"),
        (1_000, "0 min 1 s"),
    ],
)
def test_a_duration_is_never_rounded_to_what_it_is_short_of(ms: int, words: str) -> None:
    assert in_words(ms) == words


def reasons(beat: Beat, at: int = 0) -> dict[str, str]:
    day = beat.day("mon")
    return {each.rule: each.text for each in of_patrol(day.patrols[at], day)}


def due() -> Beat:
    beat = Beat()
    beat.plan(("20:00", "22:00", 2), slack_minutes=10)
    return beat


@pytest.mark.parametrize(
    ("until", "bounds", "rule", "text"),
    [
        ("20:12", (11, 13), "qualifying", "lasted 11 min for sure; 10 min are due."),
        ("20:30", (21, 31), "long", "lasted 21 min for sure, over 20 min."),
        ("20:10", (9, 11.5), "uncertain", "lasted 9 min to 11 min 30 s; 10 min are due."),
        ("20:08", (7, 9), "short", "lasted 9 min at most, under 10 min."),
    ],
)
def test_why_a_patrol_counts_or_not(
    until: str, bounds: tuple[float, float], rule: str, text: str
) -> None:
    beat = due()
    beat.visit("A", "20:00", until, bounds=bounds)
    assert reasons(beat)[rule] == f"Its longest stay {text}"


def test_who_was_called_away_and_who_did_other_work() -> None:
    beat = due()
    beat.visit("A", "20:00", "20:08", statuses=[("emergency", "20:05", "20:08")])
    assert reasons(beat)["interrupted"].endswith("and its officers were called away.")
    beat.visit("B", "21:30", "21:45", statuses=[("at_scene", "21:30", "21:33")])
    assert reasons(beat, 1)["other_work"] == "3 min of other work are no police minutes."


def test_what_a_patrol_is_made_of_and_where_it_belongs() -> None:
    beat = due()
    beat.visit("A", "21:56", "22:06")
    beat.visit("A", "22:08", "22:20")
    beat.visit("B", "22:00", "22:10")
    found = reasons(beat)
    assert found["returned"] == "A radio left and returned once, and stayed."
    assert found["together"] == "The stays of 2 radios overlap: they are one patrol."
    assert found["window"] == "14 min of 24 min lie in its window."
    beat.visit("A", "23:00", "23:12")
    assert "no_window" in reasons(beat, 1)
    beat.visit("A", "23:20", "23:32")
    assert reasons(beat, 2)["repeats"] == "It is nearer than 30 min to another patrol."


@pytest.mark.parametrize(
    ("now", "rule", "ending"),
    [
        ("19:00", "ahead", "it has not begun."),
        ("21:00", "open", "it goes on, slack included."),
        ("23:00", "missed", "it is over, and unknown time there could hold 0 more."),
    ],
)
def test_what_became_of_a_window(now: str, rule: str, ending: str) -> None:
    [window] = due().day("mon", now=now).windows
    assert of_window(window) == (rule, f"0 of 2 patrols count, 0 more may: {ending}")


def test_a_window_that_unknown_time_could_have_filled() -> None:
    beat = due()
    beat.visit("A", "20:00", "20:12")
    beat.duty("B", "19:00", "23:00")
    beat.accounted("B", "19:00", "23:00", ("21:00", "21:30"))
    [window] = beat.day("mon").windows
    assert of_window(window).text.endswith("unknown time there could hold 1 more.")
    assert window.could_hold == 1


def test_why_a_day_stands_as_it_does() -> None:
    beat = Beat()
    assert [each.rule for each in of_day(beat.day("mon"), 0)] == ["not_planned"]
    beat.plan(("20:00", "22:00", 1), minutes=30, judge_by="both")
    beat.visit("A", "20:00", "20:12", bounds=(11, 13))
    found = list(of_day(beat.day("mon"), 90_000))
    assert found == [
        ("by_patrols", "1 of 1 windows are delivered."),
        ("by_minutes", "11 min to 13 min of 30 min police time; 1 min 30 s are unknown."),
    ]
    beat.plan(arm="control")
    assert [each.rule for each in of_day(beat.day("mon"), 0)] == ["control"]
