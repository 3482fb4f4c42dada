"""Is any broker there at all? Where one is, another may be about to take over from a lost one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

from aiokafka.conn import create_conn
from aiokafka.errors import KafkaError

from services.eventlog.places import Kafka

LOOK_S = 3.0
"""How long work may go on until it is asked whether any broker is there, and then again."""
ANSWER_S = 2.0
"""A broker that takes longer to say what it understands is not there."""
LET_GO_S = 1.0
"""How long work that is given up may take to end."""
_T = TypeVar("_T")


class NobodyThere(KafkaError):
    """No broker of the cluster answers."""


async def while_any_is_there(
    work: Coroutine[Any, Any, _T], where: Kafka, known: Callable[[], Iterable[str]]
) -> _T:
    """What ``work`` gives; raises NobodyThere, and gives it up, once no broker answers.

    ``known`` names brokers, as HOST:PORT, beside those that clients connect to first.
    """
    task = asyncio.create_task(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_S)
            if not task.done() and not await any_broker(where, known()) and not task.done():
                message = "no broker answers"
                raise NobodyThere(message)
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=LET_GO_S)


async def any_broker(where: Kafka, known: Iterable[str]) -> bool:
    """Whether a broker answers, one that clients connect to first or one of ``known``.

    Each is asked at the same time over a connection of its own. On one in use a
    request waits behind those before it, and a broker that hangs would hold up the others.
    """
    asked = {*where.bootstrap.split(","), *known}
    answers = [asyncio.create_task(_answers(where, address)) for address in asked]
    try:
        for answer in asyncio.as_completed(answers):
            if await answer:
                return True
    finally:
        for each in answers:
            each.cancel()
        await asyncio.wait(answers)
    return False


async def _answers(where: Kafka, address: str) -> bool:
    host, _, port = address.rpartition(":")
    security = {key: each for key, each in where.connection().items() if key != "bootstrap_servers"}
    try:
        async with asyncio.timeout(ANSWER_S):
            # Not a client: one that is given up while it asks leaves its connection open.
            connection = await create_conn(host, int(port), **security)
    except (KafkaError, OSError, TimeoutError):
        return False
    connection.close()
    return True
