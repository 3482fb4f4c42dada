"""Who may ask about a radio: everybody with the scope for it, and an officer about their own."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple

from services.contracts.days import Span
from services.contracts.reference import Scope
from services.contracts.register import Register
from services.edge.access import Access
from services.edge.problems import Problem
from services.metrics.audience import Audience, audience_of
from services.metrics.own import is_own
from services.metrics.queries import Beginning, Stretch, epoch_ms

_REMEDY = (
    "This token shows an officer's own alone. Give radio_id, and from and to within that officer's "
    "duties on that radio; /v1/duties lists these."
)


class Entitled(NamedTuple):
    """As what somebody is answered; ``own`` says that what they asked about is their own.

    ``only_own`` says that they are answered for no other reason.
    """

    audience: Audience
    own: bool
    only_own: bool


Entitling = Callable[[Access, str | None, Stretch | Beginning], Entitled]


def entitling(register: Register, scope: Scope) -> Entitling:
    """How a request is judged to which ``scope``, or else ``own``, is needed.

    Of their own an officer is shown what ``view`` is, but not where others are. Raises a 403
    Problem where the request has neither right.
    """

    def entitled(access: Access, radio_id: str | None, query: Stretch | Beginning) -> Entitled:
        own = _asks_own(register, access, radio_id, query)
        if own and "view" not in access.scopes:
            return Entitled("view", own, only_own=True)
        if scope in access.scopes:
            return Entitled(audience_of(access), own, only_own=False)
        raise Problem(HTTPStatus.FORBIDDEN, "not_own", _REMEDY)

    return entitled


def _asks_own(
    register: Register, access: Access, radio_id: str | None, query: Stretch | Beginning
) -> bool:
    if "own" not in access.scopes or access.officer_id is None:
        return False
    if radio_id is None or query.since is None or query.until is None:
        return False
    stretch = Span(epoch_ms(query.since), epoch_ms(query.until))
    return is_own(register, access.officer_id, radio_id, stretch)
