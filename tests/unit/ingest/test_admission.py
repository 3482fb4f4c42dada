"""The bound on what waits for the log, and the pause after the log took nothing."""

from __future__ import annotations

import pytest

from services.eventlog.port import Unavailable
from services.ingest.admission import BYTES_A_BYTE, BYTES_AN_ITEM, PAUSE_S, Admission, Behind

REASON = "the log is on holiday"


def fail_with(error: Exception, admission: Admission) -> None:
    """A request whose body has seven bytes, and which then fails."""
    with admission.hold() as held:
        held.add_body(7)
        raise error


def test_what_waits_is_bounded_and_let_go_of() -> None:
    limit = 10 * BYTES_A_BYTE + BYTES_AN_ITEM
    admission = Admission(limit)
    with admission.hold() as first, admission.hold() as second:
        first.add_body(4)
        second.add_body(6)
        first.add_items(1)
        for more in (first.add_body, second.add_items):
            with pytest.raises(Behind):
                more(1)
        assert admission.pending == limit
    assert admission.pending == 0


def test_a_request_that_fails_lets_go_too() -> None:
    admission = Admission()
    with pytest.raises(ConnectionError):
        fail_with(ConnectionError(), admission)
    assert admission.pending == 0


def test_after_the_log_took_nothing_nobody_is_let_in_for_a_while() -> None:
    time = [100.0]
    admission = Admission(now=lambda: time[0])
    with pytest.raises(Unavailable):
        fail_with(Unavailable(REASON), admission)
    time[0] += PAUSE_S * 0.9
    with pytest.raises(Unavailable, match=REASON), admission.hold():
        pytest.fail("let in")
    time[0] += PAUSE_S * 0.2
    with admission.hold() as held:
        held.add_body(1)


def test_a_bound_that_was_met_keeps_nobody_out() -> None:
    admission = Admission()
    with pytest.raises(Behind):
        fail_with(Behind(), admission)
    with admission.hold() as held:
        held.add_body(1)
