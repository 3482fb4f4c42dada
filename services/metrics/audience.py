"""Who may see what.

Figures tell nobody's place. So one who may see only figures learns of a visit once it has ended,
and of a unit never. Who supervises sees control places, too.
"""

from __future__ import annotations

from typing import Literal

from services.contracts.derived import Visit
from services.edge.access import Access

Audience = Literal["supervise", "view", "figures"]
AUDIENCES: tuple[Audience, ...] = ("supervise", "view", "figures")
"""Each sees all that the next one sees."""


def audience_of(access: Access) -> Audience:
    """The audience of one who has the scope ``figures``, which the others imply."""
    return next(each for each in AUDIENCES if each in access.scopes)


def sees(audience: Audience, least: Audience) -> bool:
    """Whether an audience sees what the least one that may see it sees."""
    return AUDIENCES.index(audience) <= AUDIENCES.index(least)


def who_see(least: Audience) -> tuple[Audience, ...]:
    """The audiences of what ``least`` may see."""
    return tuple(each for each in AUDIENCES if sees(each, least))


def may_see(audience: Audience, visit: Visit) -> bool:
    """Whether an audience may see a visit."""
    return sees(audience, "view") or visit.state != "open"
