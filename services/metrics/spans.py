"""Stretches of time as sets: in order and apart, in epoch milliseconds. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from services.contracts.days import Span

Spans = tuple[Span, ...]
"""In order of time, none empty, none touching the next."""

EVER = Span(-(2**62), 2**62)


def union(spans: Iterable[Span]) -> Spans:
    """All the time that lies in one of the stretches or more."""
    joined: list[Span] = []
    for span in sorted(each for each in spans if each.start < each.end):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def common(spans: Spans, others: Spans) -> Spans:
    """The time that lies in both."""
    met = (Span(max(a.start, b.start), min(a.end, b.end)) for a in spans for b in others)
    return tuple(span for span in met if span.start < span.end)


def without(spans: Spans, holes: Spans) -> Spans:
    """The time of the one that does not lie in the other."""
    starts = (EVER.start, *(hole.end for hole in holes))
    ends = (*(hole.start for hole in holes), EVER.end)
    return common(spans, tuple(Span(*each) for each in zip(starts, ends, strict=True)))


def length_ms(spans: Spans) -> int:
    """How much time they are."""
    return sum(span.end - span.start for span in spans)


def trimmed(spans: Spans, first_ms: int, last_ms: int) -> Spans:
    """Without so much of their time at the start and at the end; what is left may be nothing."""
    return _from(_until(spans, length_ms(spans) - last_ms), first_ms)


def widened(spans: Spans, before_ms: int, after_ms: int) -> Spans:
    """With so much more time before the first and after the last; of none it is none."""
    if not spans:
        return spans
    first, last = spans[0], spans[-1]
    return union(
        (Span(first.start - before_ms, first.end), *spans, Span(last.start, last.end + after_ms))
    )


def _until(spans: Spans, ms: int) -> Spans:
    """The first milliseconds of them."""
    kept: list[Span] = []
    for span in spans:
        if ms <= 0:
            break
        kept.append(Span(span.start, min(span.end, span.start + ms)))
        ms -= span.end - span.start
    return tuple(kept)


def _from(spans: Spans, ms: int) -> Spans:
    """What is left of them after their first milliseconds."""
    kept: list[Span] = []
    for span in spans:
        if span.end - span.start > ms:
            kept.append(Span(span.start + max(0, ms), span.end))
        ms -= span.end - span.start
    return tuple(kept)
