"""``GET /v1/live``: the live picture as server-sent events."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from sse_starlette import EventSourceResponse
from starlette.types import Receive, Scope, Send

from services.edge.access import Access, Gate
from services.metrics.audience import audience_of
from services.metrics.broadcast import Broadcast, Client
from services.metrics.live import Live

_DESCRIPTION = """
Server-sent events. The first is `reset` with everything as of now; then come upserts by id: `unit`,
`hotspot`, `compliance` (a hot spot's day so far), `visit`, `signal`, `alert`, and every other
second `health`. A unit, hot spot or alert with `deleted` is gone, and so is a signal with it: it is
told under another id. With a hot spot go its day and its visits. Control places are told to those
who supervise alone: to others a hot spot that becomes one is gone, and no more is told of it. A
client that reads too slowly is cut off; it connects again and gets a new `reset`.
"""


class _Dropped(Exception):
    """Unwinds a response whose client was dropped, also while it waits for that client to read."""


class LiveResponse(EventSourceResponse):
    """A stream that ends when its client goes or is dropped."""

    def __init__(self, client: Client, broadcast: Broadcast, live: Live) -> None:
        # Health comes every other second, so no further sign of life is needed: ping=0.
        super().__init__(_taken_by(client), ping=0, data_sender_callable=self._until_dropped)
        self._client = client
        self._broadcast = broadcast
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Join, begin with the reset, and stay."""
        with self._broadcast.joined(self._client), suppress(_Dropped):
            # Nothing may come between joining and the reset; so neither waits.
            self._client.put(self._live.reset(self._client.audience))
            await super().__call__(scope, receive, send)

    async def _until_dropped(self) -> None:
        await self._client.dropped()
        raise _Dropped


def router(gate: Gate, live: Live, broadcast: Broadcast) -> APIRouter:
    """The route of the live stream."""
    routes = APIRouter(tags=["live"])

    @routes.get(
        "/v1/live",
        summary="What happens now",
        description=_DESCRIPTION,
        status_code=HTTPStatus.OK,  # told, since the class does not say it
        response_class=LiveResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    async def stream(access: Annotated[Access, Depends(gate.requires("figures"))]) -> LiveResponse:
        return LiveResponse(Client(audience_of(access), access.token_id), broadcast, live)

    return routes


async def _taken_by(client: Client) -> AsyncIterator[bytes]:
    while True:
        yield await client.take()
