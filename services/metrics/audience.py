"""Who may see what.

Figures tell nobody's place. So one who may see only figures learns of a visit once it has ended,
and of a unit never. Places where no patrols should be are shown to those who supervise alone.
"""

from __future__ import annotations

from typing import Literal, get_args

from services.contracts.derived import Visit
from services.edge.access import Access

Audience = Literal["supervise", "view", "figures"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""From the one that sees all to the one that sees least."""


def audience_of(access: Access) -> Audience:
    """The audience of one who has the scope ``figures``, which the others imply."""
    return next(each for each in AUDIENCES if each in access.scopes)


def is_among(audience: Audience, least: Audience) -> bool:
    """Whether an audience sees what is for ``least`` at least."""
    return AUDIENCES.index(audience) <= AUDIENCES.index(least)


def may_see(audience: Audience, visit: Visit) -> bool:
    """Whether an audience may see a visit."""
    return visit.state != "open" or is_among(audience, "view")
