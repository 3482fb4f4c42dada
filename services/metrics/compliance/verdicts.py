"""Whether a patrol was long enough. Pure.

1. **qualifying**: one of its stays lasted the plan's low minutes for sure (its low bound);
2. **long**: one of them lasted more than the plan's high minutes for sure; it qualifies too;
3. **uncertain**: no stay lasted them for sure, but one may have (its high bound);
4. **interrupted**: none can have, and one ended because its officers were called away;
5. **short**: none can have;
6. **other_work**: nobody was on patrol at all. It is no patrol, but for its other minutes.

Each is judged by its stays and not by their union: three officers for four minutes each are no
patrol of twelve.
"""

from __future__ import annotations

from typing import Literal

from services.contracts.reference import MinutesEach
from services.metrics.compliance.patrols import Patrol
from services.metrics.compliance.planned import MINUTE_MS

Kind = Literal["qualifying", "long", "uncertain", "interrupted", "short", "other_work"]
QUALIFIES: frozenset[Kind] = frozenset({"qualifying", "long"})
UNCERTAIN: frozenset[Kind] = frozenset({"uncertain"})


def verdict(patrol: Patrol, each: MinutesEach) -> Kind:
    """What a patrol is by the minutes that each patrol should last."""
    if all(stay.is_other_work for stay in patrol.stays):
        return "other_work"
    bounds = [stay.counted.bounds for stay in patrol.stays]
    longest_low = max(stay.low_ms for stay in bounds)
    if longest_low > each.high * MINUTE_MS:
        return "long"
    if longest_low >= each.low * MINUTE_MS:
        return "qualifying"
    if max(stay.high_ms for stay in bounds) >= each.low * MINUTE_MS:
        return "uncertain"
    return "interrupted" if any(stay.was_called_away for stay in patrol.stays) else "short"
