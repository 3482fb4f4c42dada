"""The bound on what waits for the log."""

from __future__ import annotations

import pytest

from services.ingest.admission import Admission, Behind


def test_what_waits_is_bounded_and_let_go_of() -> None:
    admission = Admission(limit=10)
    with admission.hold() as first, admission.hold() as second:
        first.add(4)
        second.add(6)
        with pytest.raises(Behind):
            first.add(1)
        assert admission.pending == 10
    assert admission.pending == 0


def test_a_request_that_fails_lets_go_too() -> None:
    admission = Admission(limit=10)

    def posted() -> None:
        with admission.hold() as held:
            held.add(7)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        posted()
    assert admission.pending == 0
