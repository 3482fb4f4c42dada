"""The answer to who comes before there is anything to say."""

from __future__ import annotations

from http import HTTPStatus

from services.edge.problems import Problem


def starting() -> Problem:
    """The log has not been read yet, and nothing is shown rather than half of it."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "starting",
        "The service has just started and is still reading its log. Try again in a moment.",
        headers={"Retry-After": "1"},
    )
