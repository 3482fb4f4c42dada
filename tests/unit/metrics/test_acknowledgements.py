"""Who acknowledged what, and for how long that holds."""

from __future__ import annotations

from services.contracts.people import Feedback
from services.metrics.acknowledgements import Acknowledgements


def said(thread_id: str, by: str, at: int, type_: str = "acknowledge") -> Feedback:
    return Feedback(thread_id=thread_id, type=type_, by=by, at=at, text="")  # type: ignore[arg-type]


def test_the_last_acknowledgement_of_a_thread_holds() -> None:
    known = Acknowledgements()
    assert known.of("a") is None
    for each in (said("a", "P1", 1), said("a", "P2", 2), said("b", "P3", 2)):
        known.apply(each)
    assert known.of("a") == said("a", "P2", 2)
    assert known.of("b") == said("b", "P3", 2)


def test_what_else_is_said_acknowledges_nothing() -> None:
    known = Acknowledgements()
    for type_ in ("note", "dispute", "reply", "decision"):
        known.apply(said("a", "P1", 1, type_))
    assert known.of("a") is None


def test_it_is_forgotten_with_the_days_kept_and_not_taken_up_again() -> None:
    known = Acknowledgements()
    for each in (said("a", "P1", 9), said("b", "P1", 10)):
        known.apply(each)
    known.forget(10)
    known.apply(said("c", "P1", 9))
    assert [known.of(each) is not None for each in "abc"] == [False, True, False]
