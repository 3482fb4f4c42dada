"""A visit's time for sure, as estimated and at most."""

from __future__ import annotations

import pytest

from services.contracts.days import Span
from services.contracts.derived import Visit
from services.metrics.compliance.presence import presence_of, together
from tests.support.derived import MINUTE_MS, NOON, a_visit
from tests.support.derived import minutes as bounds


def span(since: float, until: float) -> Span:
    """Minutes after noon."""
    return Span(NOON + round(since * MINUTE_MS), NOON + round(until * MINUTE_MS))


def a_stay(low: float, known: float, high: float, lasts: float) -> Visit:
    """A visit from noon on, in minutes."""
    return a_visit(
        minutes=round(lasts),
        low_ms=round(low * MINUTE_MS),
        duration_ms=round(known * MINUTE_MS),
        high_ms=round(high * MINUTE_MS),
    )


def test_half_of_what_is_uncertain_lies_at_each_end() -> None:
    presence = presence_of(a_stay(8, 12, 14, lasts=12), unknown=())
    assert presence.low == (span(2, 10),)
    assert presence.estimate == (span(0, 12),)
    assert presence.high == (span(-1, 13),)
    assert presence.bounds == bounds(8, 12, 14)


def test_unknown_time_lies_where_the_sheets_say() -> None:
    presence = presence_of(a_stay(6, 12, 12, lasts=22), unknown=(span(4, 14),))
    assert presence.estimate == (span(0, 4), span(14, 22))
    assert presence.low == (span(3, 4), span(14, 19))


@pytest.mark.parametrize("unknown", [(), (span(4, 9),)])
def test_unknown_time_of_which_the_sheets_say_something_else_is_the_last(
    unknown: tuple[Span, ...],
) -> None:
    assert presence_of(a_stay(12, 12, 12, lasts=22), unknown).estimate == (span(0, 12),)


def test_a_visit_of_no_length_may_have_had_some() -> None:
    presence = presence_of(a_stay(0, 0, 4, lasts=0), unknown=())
    assert presence.bounds == bounds(0, 0, 4)
    assert presence.high == (span(-2, 2),)


def test_what_nobody_can_vouch_for_may_be_all_of_it() -> None:
    assert presence_of(a_stay(0, 10, 12, lasts=10), unknown=()).bounds == bounds(0, 10, 12)


def test_those_who_were_there_together_are_united_bound_by_bound() -> None:
    one = presence_of(a_stay(8, 10, 12, lasts=10), unknown=())
    other = presence_of(a_visit(entered_at=NOON + 6 * MINUTE_MS, minutes=10), unknown=())
    # For sure 1 to 9 and 6.5 to 15.5, as estimated 0 to 10 and 6 to 16, at most -1 to 16.5.
    both = together([one, other])
    assert both.low == (span(1, 15.5),)
    assert both.estimate == (span(0, 16),)
    assert both.high == (span(-1, 16.5),)


def test_parts_of_it_are_taken_from_each_bound() -> None:
    presence = presence_of(a_stay(8, 10, 12, lasts=10), unknown=())
    assert presence.within((span(5, 20),)).bounds == bounds(4, 5, 6)
    assert presence.without((span(5, 20),)).bounds == bounds(4, 5, 6)
