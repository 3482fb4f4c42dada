"""``/v1/blackspots/proposed``: where losses cluster, as blackspots that a person may put."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

import asyncio

from fastapi import APIRouter, Depends, Response

from services.contracts.days import Days
from services.contracts.reference import HotSpot
from services.contracts.register import Register
from services.edge.access import Gate
from services.eventlog.port import EventLog
from services.metrics.blackspots import losses_of, places_of
from services.metrics.board import Clock
from services.metrics.episodes import Episodes, Key
from services.metrics.proposals import ProposedCollection, proposed
from services.metrics.resources import encoded
from services.metrics.returns import came_back_near

MOST_LOOKED_UP = 20
"""Losses of one place, the newest ones, whose end is looked up in the log."""
_DESCRIPTION = """
A GeoJSON FeatureCollection. Each feature is a place with five losses or more, by three radios on
three days, within 75 m of one of them, in the last eight days; losses that are an area's, a
source's, the pipeline's or explained are not among them. Where known blackspots explain all losses
nothing is proposed. None is in force before somebody puts it to `/v1/hotspots`.
"""


class Proposals:
    """What is proposed now, by the episodes as they are shown and the blackspots in force."""

    def __init__(
        self, log: EventLog, episodes: Episodes, register: Register, days: Days, clock: Clock
    ) -> None:
        self._log = log
        self._episodes = episodes
        self._register = register
        self._days = days
        self._clock = clock

    async def now(self) -> ProposedCollection:
        """The places of most losses first."""
        losses = losses_of(self._episodes.since(Key(0, "")), self._days)
        places = await asyncio.to_thread(places_of, losses, self._blackspots())
        features = []
        for place in places:
            newest = sorted(place.losses, key=lambda loss: loss.since)[-MOST_LOOKED_UP:]
            near = [await came_back_near(self._log, loss) for loss in newest]
            features.append(proposed(place, near))
        return {"type": "FeatureCollection", "features": features}

    def _blackspots(self) -> list[HotSpot]:
        in_force = self._register.all_in_force("hotspot", self._clock())
        spots = (each.message for each in in_force)
        return [each for each in spots if isinstance(each, HotSpot) and each.type == "blackspot"]


def router(gate: Gate, proposals: Proposals) -> APIRouter:
    """The route of the proposals."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/blackspots/proposed",
        summary="Blackspots proposed from where losses cluster",
        description=_DESCRIPTION,
        response_model=ProposedCollection,
        dependencies=[Depends(gate.requires("view"))],
    )
    async def proposed_blackspots() -> Response:
        # It tells where people are not heard, so nobody on the way keeps it.
        headers = {"Cache-Control": "no-store"}
        body = encoded(await proposals.now())
        return Response(body, media_type="application/json", headers=headers)

    return routes
