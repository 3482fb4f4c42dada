"""What patrols there may have been of which nothing is known. Pure.

A window with too few patrols is not missed while unknown time could have filled it:

1. the time in the window that nobody can account for, of radios on duty that are allocated there;
2. of any other radio, unknown time that touches a visit of it there;
3. such time may hold as many patrols as fit, each of the plan's low minutes and
   ``min_gap_minutes`` away from each other and from those that count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.contracts.days import Span
from services.contracts.derived import Visit
from services.contracts.reference import Duty, Plan
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.lasting import end_of
from services.metrics.spans import EVER, Spans, common, union, without


def unknown_there(
    stretch: Span, duties: Iterable[Duty], visits: Iterable[Visit], evidence: Evidence
) -> Spans:
    """The time in a stretch in which radios may have been there without anybody knowing."""
    of_duties = (span for duty in duties for span in _of_duty(duty, stretch, evidence))
    of_visits = (span for visit in visits for span in _of_visit(visit, stretch, evidence))
    return union((*of_duties, *of_visits))


def could_hold(spans: Spans, counting: Iterable[Span], plan: Plan) -> int:
    """How many patrols fit into unknown time beside those that count."""
    low_ms = round(plan.minutes_each.low * MINUTE_MS)
    gap_ms = round(plan.min_gap_minutes * MINUTE_MS)
    near = union(Span(each.start - gap_ms, each.end + gap_ms) for each in counting)
    held, earliest = 0, EVER.start
    for span in without(spans, near):
        earliest = max(earliest, span.start)
        while earliest + low_ms <= span.end:
            held += 1
            earliest += low_ms + gap_ms
    return held


def _of_duty(duty: Duty, stretch: Span, evidence: Evidence) -> Spans:
    since, until = max(duty.since, stretch.start), min(duty.until, stretch.end)
    if since >= until:
        return ()
    return (
        *evidence.unknown(duty.radio_id, since, until),
        *evidence.unaccounted(duty.radio_id, since, until),
    )


def _of_visit(visit: Visit, stretch: Span, evidence: Evidence) -> Iterator[Span]:
    since, until = min(stretch.start, visit.entered_at), max(stretch.end, end_of(visit))
    for span in evidence.unknown(visit.radio_id, since, until):
        if span.start <= end_of(visit) and visit.entered_at <= span.end:
            yield from common((span,), (stretch,))
