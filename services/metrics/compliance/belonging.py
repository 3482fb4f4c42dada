"""Which window, and so which day, a patrol belongs to. Pure.

A patrol belongs whole to the window that holds most of what counts of it, slack included; of two
that hold as much, to the one that holds more of it without slack, then to the earlier one. Outside
any window it belongs to the day in which it began.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.contracts.days import Span
from services.metrics.compliance.patrols import Patrol
from services.metrics.compliance.planned import Window
from services.metrics.spans import Spans, common, length_ms, union


def window_of(patrol: Patrol, windows: Iterable[Window]) -> Window | None:
    """The window that a patrol belongs to; None where it lies outside all."""
    holding = [each for each in windows if _meets(patrol.span, each.wide)]
    counted = counted_of(patrol)
    return max(
        holding,
        key=lambda each: (
            length_ms(common(counted, (each.wide,))),
            length_ms(common(counted, (each.span,))),
            -each.span.start,
        ),
        default=None,
    )


def counted_of(patrol: Patrol) -> Spans:
    """What counts of a patrol; all of it where nothing does."""
    return patrol.counted.estimate or union((patrol.span,))


def _meets(patrol: Span, window: Span) -> bool:
    """Whether a patrol, which may just have begun, lies partly in a window."""
    return window.start <= patrol.start < window.end or patrol.start < window.start < patrol.end
