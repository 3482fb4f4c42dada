"""Handing the same bytes to many clients, none of whom can slow another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from services.metrics.audience import Audience

MOST_WAITING_BYTES = 4 * 1024 * 1024
"""What a client may leave unread before it is dropped: some ten seconds of 5,000 units."""


class Client:
    """One reader and what waits for it; the bytes are shared with the others."""

    def __init__(self, audience: Audience, token_id: str) -> None:
        self.audience = audience
        self.token_id = token_id
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._woken = asyncio.Event()
        self._dropped = asyncio.Event()

    def put(self, sent: bytes) -> bool:
        """Leave something for the client; whether there was room.

        There is while less than the most was waiting before, so that a great reset fits too.
        """
        if self._waiting_bytes >= MOST_WAITING_BYTES:
            return False
        self._waiting.append(sent)
        self._waiting_bytes += len(sent)
        self._woken.set()
        return True

    async def take(self) -> bytes:
        """All that waits, once something does."""
        await self._woken.wait()
        self._woken.clear()
        taken = b"".join(self._waiting)
        self._waiting.clear()
        self._waiting_bytes = 0
        return taken

    def drop(self) -> None:
        """Let nothing more reach the client."""
        self._dropped.set()

    async def dropped(self) -> None:
        """Wait until the client is dropped."""
        await self._dropped.wait()


class Broadcast:
    """The clients of the live stream."""

    def __init__(self, on_slow: Callable[[], None]) -> None:
        """``on_slow`` hears of each client dropped because it read too slowly."""
        self._clients: set[Client] = set()
        self._on_slow = on_slow

    @property
    def clients(self) -> int:
        """How many clients there are."""
        return len(self._clients)

    @contextmanager
    def joined(self, client: Client) -> Iterator[None]:
        """Let a client have all that is published to its audience."""
        self._clients.add(client)
        try:
            yield
        finally:
            self._clients.discard(client)

    def publish(self, sent: Mapping[Audience, bytes]) -> None:
        """Leave each audience's bytes for its clients. Never waits: who is full is dropped."""
        for client in list(self._clients):
            if sent[client.audience] and not client.put(sent[client.audience]):
                self._drop(client)
                self._on_slow()

    def keep(self, token_ids: Collection[str]) -> None:
        """Drop every client that came with another token: it was revoked."""
        for client in list(self._clients):
            if client.token_id not in token_ids:
                self._drop(client)

    def _drop(self, client: Client) -> None:
        self._clients.discard(client)
        client.drop()
