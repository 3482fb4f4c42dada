"""What a run has come to, as a table in Markdown: by kind of fault, how long it took to recover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from tests.chaos.play import Event

_HEAD = """\
| fault | times | lasted, median | all goes on after, median | longest |
|---|--:|--:|--:|--:|"""


def markdown(events: Sequence[Event]) -> str:
    """One line a kind, in seconds from the fault's beginning."""
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_kind[event.kind].append(event)
    return "\n".join([_HEAD, *(_row(kind, by_kind[kind]) for kind in sorted(by_kind))])


def _row(kind: str, events: Sequence[Event]) -> str:
    lasted = median(event.lasted_s for event in events)
    recovered = [event.recovered_s for event in events]
    return (
        f"| {kind} | {len(events)} | {lasted:.1f} s"
        f" | {median(recovered):.1f} s | {max(recovered):.1f} s |"
    )
