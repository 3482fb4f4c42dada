"""Many clients: each gets everything of its audience, and none slows another."""

from __future__ import annotations

import asyncio

import pytest

from services.metrics.broadcast import MOST_WAITING_BYTES, Broadcast, Client


class Slow:
    """Counts the clients that were dropped for being slow."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


async def test_each_audience_gets_its_own_and_the_same_bytes() -> None:
    broadcast = Broadcast(on_slow=Slow())
    clients = [Client("view", "a"), Client("view", "b"), Client("figures", "c")]
    with broadcast.joined(clients[0]), broadcast.joined(clients[1]), broadcast.joined(clients[2]):
        broadcast.publish({"view": b"1", "figures": b""})
        broadcast.publish({"view": b"2", "figures": b"3"})
        assert [await client.take() for client in clients] == [b"12", b"12", b"3"]
    assert broadcast.clients == 0


async def test_a_client_waits_until_there_is_something() -> None:
    client = Client("view", "a")
    taking = asyncio.create_task(client.take())
    await asyncio.sleep(0)
    assert not taking.done()
    assert client.put(b"now")
    assert await asyncio.wait_for(taking, 1) == b"now"


async def test_who_does_not_read_is_dropped_and_the_others_go_on() -> None:
    slow = Slow()
    broadcast = Broadcast(on_slow=slow)
    reading, idle = Client("view", "a"), Client("view", "a")
    with broadcast.joined(reading), broadcast.joined(idle):
        for part in (b"x" * (MOST_WAITING_BYTES - 1), b"y" * 9, b"z"):
            assert broadcast.clients == 2
            broadcast.publish({"view": part, "figures": b""})
            assert await reading.take() == part
        await asyncio.wait_for(idle.dropped(), 1)
        assert (broadcast.clients, slow.count) == (1, 1)
        broadcast.publish({"view": b"more", "figures": b""})
        assert slow.count == 1


async def test_a_client_with_a_token_that_holds_is_not_dropped() -> None:
    broadcast = Broadcast(on_slow=Slow())
    client = Client("view", "a")
    with broadcast.joined(client):
        broadcast.keep({"a"})
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.dropped(), 0.01)
