"""Sources whose radios are heard and show no position: by how many of them, not how many fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from services.geofence.silence.patience import PatienceOf
from services.geofence.silence.sources import LEAST_RADIOS
from services.geofence.unit import Unit

INTERVALS = 2
LEAST_MS = 60_000
"""A radio counts that was heard within two intervals, or this where they are short."""


def blind_sources(units: Iterable[Unit], time: int, patience_of: PatienceOf) -> dict[str, str]:
    """The sources of whose radios most had their newest fix set aside for the same reason."""
    shown: dict[str, Counter[str | None]] = {}
    for unit in units:
        within = max(LEAST_MS, INTERVALS * patience_of(unit.source).interval)
        if unit.as_of > time - within:
            shown.setdefault(unit.source, Counter())[unit.unfit] += 1
    blind = {}
    for source, reasons in sorted(shown.items()):
        total = reasons.total()
        reason, count = reasons.most_common(1)[0]
        if reason is not None and total >= LEAST_RADIOS and 2 * count > total:
            blind[source] = reason
    return blind
