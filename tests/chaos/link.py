"""The network between one service and all brokers: it can fall silent in both directions.

The brokers tell each service ports of its own to connect to; here these are listened on, and what
comes is handed on. A stopped link is what a dropped packet looks like from both ends: nothing is
refused, nothing is reset, nothing comes. Afterwards what was under way arrives, late.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

CHUNK_BYTES = 64 * 1024


class Link:
    """Connections from one service to every broker."""

    def __init__(self) -> None:
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._servers: list[asyncio.Server] = []
        self._carrying: set[asyncio.Task[None]] = set()

    async def open(self, port: int, broker_port: int) -> None:
        """Hand on what comes in at ``port`` to a broker."""

        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._carry(broker_port, reader, writer))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

        self._servers.append(await asyncio.start_server(carry, "127.0.0.1", port))

    def stop(self) -> None:
        """Let nothing through any more, nor the news that an end was closed."""
        self._flowing.clear()

    def restore(self) -> None:
        """Let everything through again."""
        self._flowing.set()

    async def close(self) -> None:
        """End all connections."""
        for server in self._servers:
            server.close()
        carrying = list(self._carrying)
        for task in carrying:
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)

    async def _carry(
        self, broker_port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):  # a broker that is down: the client is told by the close
            async with _closed_after(writer):
                await self._flowing.wait()
                from_broker, to_broker = await asyncio.open_connection("127.0.0.1", broker_port)
                async with _closed_after(to_broker):
                    await self._both_ways((reader, to_broker), (from_broker, writer))

    async def _both_ways(self, *ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        """Hand on until either end has closed."""
        pumps = [asyncio.create_task(self._pump(*way)) for way in ways]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        await self._flowing.wait()


@asynccontextmanager
async def _closed_after(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Close a connection in the end; at once, whatever it still holds, where the link is closed."""
    try:
        yield
    except asyncio.CancelledError:
        writer.transport.abort()
        raise
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
