"""Stretches of time put together. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from services.contracts.days import Span


def united(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, joined where they meet or touch."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def cut(spans: Iterable[Span], since: int, until: int) -> list[Span]:
    """What of the spans lies in ``[since, until)``, united."""
    inside = (Span(max(span.start, since), min(span.end, until)) for span in spans)
    return united(span for span in inside if span.start < span.end)
