"""Radio systems that post batches without end, and come again when they are told to.

They speak HTTP over sockets of their own: two hundred of them must not be what is slow.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NamedTuple

PIECE_BYTES = 64 * 1024
ANSWER_WITHIN_S = 60.0
"""No answer for so long counts as none; far above what any answer may take."""
AGAIN_S = 0.2
"""Until a sender that lost its connection makes another."""


class Answer(NamedTuple):
    """What a sender was told, and after how many seconds."""

    status: int
    retry_after: int | None
    after_s: float


@dataclass(frozen=True, slots=True)
class Batch:
    """The pings of one post; ``batch_id`` is the ``message_id`` of each."""

    batch_id: str
    pings: int
    body: bytes


@dataclass
class Told:
    """All that the senders of one run were told. Times are of the loop's clock."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    answers: list[tuple[float, Answer]] = field(default_factory=list)
    unanswered: int = 0

    def since(self, moment: float) -> Iterable[Answer]:
        """The answers that came at or after ``moment``."""
        return [answer for at, answer in self.answers if at >= moment]

    def statuses(self, since: float = 0.0) -> Counter[int]:
        """How often each status was answered."""
        return Counter(answer.status for answer in self.since(since))

    def slowest_s(self, status: int, since: float = 0.0) -> float:
        """The longest that anybody waited for this status."""
        waited = (answer.after_s for answer in self.since(since) if answer.status == status)
        return max(waited, default=0.0)


def batch(sender: int, number: int, size: int) -> Batch:
    """Pings of one radio in about ``size`` bytes of JSON."""
    batch_id = f"{sender}-{number}"
    ping = (
        f'{{"radio_id":"T-{sender}","lat":53.48,"lon":-2.24,"message_id":"{batch_id}"}}'
    ).encode()
    pings = max(1, size // (len(ping) + 1))
    return Batch(batch_id, pings, b"[" + b",".join([ping] * pings) + b"]")


class _Sender:
    """One of them: a connection, a batch in hand, and what to do with the answer."""

    def __init__(self, number: int, port: int, token: str, told: Told) -> None:
        self._number = number
        self._port = port
        self._token = token
        self._told = told
        self._acknowledged = 0

    async def run(self, size: int, stop: asyncio.Event) -> None:
        """Post one batch after another until ``stop``; each until it is acknowledged."""
        while not stop.is_set():
            with contextlib.suppress(OSError, EOFError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                try:
                    await self._talk(reader, writer, size, stop)
                finally:
                    writer.close()
            await _pause(stop, AGAIN_S)

    async def _talk(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        size: int,
        stop: asyncio.Event,
    ) -> None:
        """Post over one connection, for as long as it serves."""
        sent_whole = True
        while sent_whole and not stop.is_set():
            post = batch(self._number, self._acknowledged, size)
            answer, sent_whole = await self._post(reader, writer, post)
            self._told.answers.append((time.monotonic(), answer))
            if answer.status == HTTPStatus.ACCEPTED:
                self._told.acknowledged[post.batch_id] = post.pings
                self._acknowledged += 1
            else:
                await _pause(stop, answer.retry_after or AGAIN_S)

    async def _post(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, post: Batch
    ) -> tuple[Answer, bool]:
        """The answer, and whether the whole batch was sent before it came."""
        head = (
            "POST /v1/pings HTTP/1.1\r\nHost: ingest\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self._token}\r\nContent-Length: {len(post.body)}\r\n\r\n"
        )
        began = time.monotonic()
        answering = asyncio.create_task(_answer(reader))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                writer.write(head.encode())
                pieces = range(0, len(post.body), PIECE_BYTES)
                while pieces and not answering.done():
                    writer.write(post.body[pieces[0] : pieces[0] + PIECE_BYTES])
                    pieces = pieces[1:]
                    await writer.drain()
                status, retry_after = await answering
        except (OSError, EOFError, TimeoutError):
            self._told.unanswered += 1
            raise
        finally:
            answering.cancel()
            await asyncio.wait({answering})
            if not answering.cancelled():
                answering.exception()
        return Answer(status, retry_after, time.monotonic() - began), not pieces


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int | None]:
    """The status and the Retry-After of the next response, whose body is read and forgotten."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii").split("\r\n")
    headers = {
        name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])
    }
    await reader.readexactly(int(headers["content-length"]))
    later = headers.get("retry-after")
    return int(head[0].split()[1]), int(later) if later else None


@contextlib.asynccontextmanager
async def posting(port: int, token: str, sizes: Iterable[int]) -> AsyncIterator[Told]:
    """A sender for each size (bytes of a body) at work until the block ends."""
    told, stop = Told(), asyncio.Event()
    senders = [
        asyncio.create_task(_Sender(number, port, token, told).run(size, stop))
        for number, size in enumerate(sizes)
    ]
    try:
        yield told
    finally:
        stop.set()
        await asyncio.gather(*senders)
