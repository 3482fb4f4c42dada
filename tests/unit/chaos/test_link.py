"""The network of the chaos tests: silent when stopped, late afterwards, and never a refusal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.chaos.link import Link
from tests.chaos.ports import kept_port

SILENT_S = 0.2
ANSWER_S = 10.0
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line)
    writer.close()


@asynccontextmanager
async def linked() -> AsyncIterator[tuple[Link, int]]:
    """A link to a server that says everything back, and the port where it begins."""
    port, behind = kept_port(), kept_port()
    link = Link()
    await link.open(port, behind)
    server = await asyncio.start_server(echo, "127.0.0.1", behind)
    try:
        yield link, port
    finally:
        server.close()
        await link.close()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Ends]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


async def said_back(ends: Ends, line: bytes) -> bytes:
    ends[1].write(line)
    async with asyncio.timeout(ANSWER_S):
        return await ends[0].readline()


async def is_silent(reader: asyncio.StreamReader) -> bool:
    """Whether nothing comes, not even an end. It reads nothing."""
    waiting = asyncio.create_task(reader.read(1))
    done, _ = await asyncio.wait([waiting], timeout=SILENT_S)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    return not done


async def test_what_is_said_goes_through_both_ways() -> None:
    async with linked() as (_, port), connected(port) as ends:
        assert await said_back(ends, b"one\n") == b"one\n"
        assert await said_back(ends, b"two\n") == b"two\n"


async def test_a_stopped_link_is_silent_and_what_was_said_arrives_late() -> None:
    async with linked() as (link, port), connected(port) as ends:
        assert await said_back(ends, b"before\n") == b"before\n"
        link.stop()
        ends[1].write(b"meanwhile\n")
        assert await is_silent(ends[0])
        link.restore()
        assert await said_back(ends, b"after\n") == b"meanwhile\n"


async def test_a_stopped_link_takes_connections_and_answers_none() -> None:
    async with linked() as (link, port):
        link.stop()
        async with connected(port) as ends:
            ends[1].write(b"hello\n")
            assert await is_silent(ends[0])
            link.restore()
            async with asyncio.timeout(ANSWER_S):
                assert await ends[0].readline() == b"hello\n"


async def test_that_the_other_side_has_closed_is_told_once_the_link_flows() -> None:
    async with linked() as (link, port), connected(port) as ends:
        assert await said_back(ends, b"before\n") == b"before\n"
        link.stop()
        ends[1].write_eof()  # at which the server closes
        assert await is_silent(ends[0])
        link.restore()
        async with asyncio.timeout(ANSWER_S):
            assert await ends[0].read() == b""


async def test_a_server_that_is_down_closes_the_connection() -> None:
    port = kept_port()
    link = Link()
    await link.open(port, kept_port())
    async with connected(port) as ends, asyncio.timeout(ANSWER_S):
        assert await ends[0].read() == b""
    await link.close()
