"""Who may see what.

Figures tell nobody's place. So one who may see only figures learns of a visit once it has ended,
and of a unit never.
"""

from __future__ import annotations

from typing import Literal

from services.contracts.derived import Visit
from services.edge.access import Access

Audience = Literal["view", "figures"]
AUDIENCES: tuple[Audience, ...] = ("view", "figures")


def audience_of(access: Access) -> Audience:
    """The audience of one who has the scope ``figures``, which ``view`` implies."""
    return "view" if "view" in access.scopes else "figures"


def may_see(audience: Audience, visit: Visit) -> bool:
    """Whether an audience may see a visit."""
    return audience == "view" or visit.state != "open"
