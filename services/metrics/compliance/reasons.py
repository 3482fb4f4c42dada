"""Why a patrol, a window or a day is what it is: each rule by its word and in a sentence. Pure.

A sentence has the numbers in it that the rule was decided by, to the second or closer, so that
what falls just short is not told as if it did not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from services.contracts.reference import MinutesEach
from services.metrics.compliance.belonging import counted_of
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.planned import MINUTE_MS, gap_minutes, minutes_each
from services.metrics.compliance.windows import WindowFigures
from services.metrics.spans import common, length_ms


class Reason(NamedTuple):
    """The word for a rule, and the rule in a sentence about this case."""

    rule: str
    text: str


def in_words(ms: float) -> str:
    """A duration as ``9 min 59.5 s``."""
    minutes, rest = divmod(ms, MINUTE_MS)
    seconds = f" {rest / 1000:.3f}".rstrip("0").rstrip(".") + " s" if rest else ""
    return f"{minutes:.0f} min{seconds}"


def of_patrol(patrol: JudgedPatrol, figures: DayFigures) -> Iterator[Reason]:
    """Why a patrol of a day counts or not, and where it belongs."""
    judged_by = patrol.window or figures.planned
    plan = judged_by.plan if judged_by else None
    yield Reason(patrol.kind, _verdict(patrol, minutes_each(plan)))
    if patrol.repeats:
        yield Reason("repeats", f"It is nearer than {gap_minutes(plan):g} min to another patrol.")
    yield _belonging(patrol)
    for stay in patrol.patrol.stays:
        if len(stay.visits) > 1:
            text = f"A radio left and returned {_times(len(stay.visits) - 1)}, and stayed."
            yield Reason("returned", text)
    if len(patrol.patrol.stays) > 1:
        number = len(patrol.patrol.stays)
        yield Reason("together", f"The stays of {number} radios overlap: they are one patrol.")
    if patrol.other_time.estimate_ms:
        spent = in_words(patrol.other_time.estimate_ms)
        yield Reason("other_work", f"{spent} of other work are no police minutes.")


def of_window(window: WindowFigures) -> Reason:
    """Why a window came to what it did."""
    hidden = window.could_hold
    ending = {
        "delivered": "as many as are due.",
        "missed": f"it is over, and unknown time there could hold {hidden} more.",
        "not_known": f"it is over, and unknown time there could hold {hidden} more.",
        "open": "it goes on, slack included.",
        "ahead": "it has not begun.",
    }[window.outcome]
    counted = f"{window.delivered} of {window.window.patrols} patrols count"
    return Reason(window.outcome, f"{counted}, {window.uncertain} more may: {ending}")


def of_day(figures: DayFigures, unknown_ms: int) -> Iterator[Reason]:
    """Why a day stands as it does; ``unknown_ms`` is the unknown time there, so far."""
    planned = figures.planned
    if figures.is_control:
        yield Reason("control", f"No patrol is wanted here, and {figures.qualifying} were.")
    elif planned is None:
        yield Reason("not_planned", "No plan holds on this day.")
    else:
        if planned.plan.judge_by != "minutes":
            delivered = sum(each.outcome == "delivered" for each in figures.windows)
            text = f"{delivered} of {len(figures.windows)} windows are delivered."
            yield Reason("by_patrols", text)
        if planned.plan.judge_by != "patrols":
            low, high = (in_words(ms) for ms in _range(figures))
            text = (
                f"{low} to {high} of {in_words(planned.day_ms)} police time; "
                f"{in_words(unknown_ms)} are unknown."
            )
            yield Reason("by_minutes", text)


def _range(figures: DayFigures) -> tuple[int, int]:
    return figures.patrol_time.low_ms, figures.patrol_time.high_ms


def _verdict(patrol: JudgedPatrol, each: MinutesEach) -> str:
    bounds = [stay.counted.bounds for stay in patrol.patrol.stays]
    low = in_words(max(stay.low_ms for stay in bounds))
    high = in_words(max(stay.high_ms for stay in bounds))
    return {
        "qualifying": f"Its longest stay lasted {low} for sure; {each.low:g} min are due.",
        "long": f"Its longest stay lasted {low} for sure, over {each.high:g} min.",
        "uncertain": f"Its longest stay lasted {low} to {high}; {each.low:g} min are due.",
        "interrupted": (
            f"Its longest stay lasted {high} at most, under {each.low:g} min, and its officers "
            "were called away."
        ),
        "short": f"Its longest stay lasted {high} at most, under {each.low:g} min.",
        "other_work": "Nobody was there on patrol.",
    }[patrol.kind]


def _belonging(patrol: JudgedPatrol) -> Reason:
    if patrol.window is None:
        return Reason("no_window", "It lies in no window: it belongs to the day in which it began.")
    counted = counted_of(patrol.patrol)
    within = in_words(length_ms(common(counted, (patrol.window.wide,))))
    return Reason("window", f"{within} of {in_words(length_ms(counted))} lie in its window.")


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
