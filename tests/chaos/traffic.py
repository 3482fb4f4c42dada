"""Steady traffic from clients that post again whatever was not acknowledged.

1. Each beat the town says what there is to post. Some of it is held back, and comes late.
2. It is cut into small batches, which wait for the next client that is free.
3. A client posts its batch to one ingest; told to come again, refused, or not answered in time, it
   posts the same to the other one. It goes on until the batch is acknowledged, with 202.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from itertools import count
from random import Random
from typing import Any

import httpx

from tests.chaos.town import HOTSPOTS, Ping, Town, feature
from tests.support.patrols import RADIUS_M

BEAT_S = 0.5
"""Of the clock; the town's own time runs ten times as fast."""
BATCH = 8
CLIENTS = 6
ANSWER_S = 8.0
"""How long a client waits for an answer: less than an ingest may take where a broker is gone."""
AGAIN_S = 0.2
HELD_BACK = 0.05
"""The share of pings that come late."""
LATEST_BEATS = 60
"""By how many beats, at most: half of the ten minutes in which a late fix finds its place."""
REDRAWN_M = 60.0
DELIVERED_S = 120.0
"""For what was posted or drawn to be acknowledged in the end, at most."""


class Refused(Exception):
    """An ingest answered what no client should be answered; says what."""


class Traffic:
    """What is posted, and which of it was acknowledged."""

    def __init__(self, urls: Sequence[str], http: httpx.AsyncClient, town: Town, seed: int) -> None:
        """``http`` has a token that may draw and post, and waits ``ANSWER_S`` for an answer."""
        self.acknowledged: set[str] = set()
        """The ids of the messages."""
        self.posted_again = 0
        """How many batches an ingest did not acknowledge."""
        self._urls = urls
        self._town = town
        self._random = Random(seed)  # noqa: S311 - seeded traffic, no secret
        self._late: dict[int, list[Ping]] = {}
        self._waiting: asyncio.Queue[list[Ping]] = asyncio.Queue()
        self._enough = asyncio.Event()
        self._http = http

    async def draw_all(self) -> None:
        """Draw every hot spot, in force since long ago. Raises Refused."""
        for number in range(HOTSPOTS):
            await self._draw(number, 0, RADIUS_M)

    async def redraw(self) -> None:
        """Draw one hot spot smaller, from the town's own time on. Raises Refused."""
        await self._draw(HOTSPOTS // 2, self._town.now, REDRAWN_M)

    async def run(self) -> None:
        """Post until ``finish`` is called and everything has been acknowledged. Raises Refused."""
        async with asyncio.TaskGroup() as group:
            clients = [group.create_task(self._client(number)) for number in range(CLIENTS)]
            await self._beats()
            async with asyncio.timeout(DELIVERED_S):
                await self._waiting.join()
            for client in clients:
                client.cancel()

    def finish(self) -> None:
        """Post what was held back, and then no more."""
        self._enough.set()

    async def _beats(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for beat in count(1):
            self._put(self._in_some_order(beat))
            if self._enough.is_set():
                break
            await asyncio.sleep(begun + beat * BEAT_S - loop.time())
        self._put([ping for held in self._late.values() for ping in held])

    def _in_some_order(self, beat: int) -> list[Ping]:
        """What is posted at a beat: new pings, and those of earlier beats that come only now."""
        due = self._late.pop(beat, [])
        for ping in self._town.beat():
            if self._random.random() < HELD_BACK:
                comes_at = beat + self._random.randint(1, LATEST_BEATS)
                self._late.setdefault(comes_at, []).append(ping)
            else:
                due.append(ping)
        self._random.shuffle(due)
        return due

    def _put(self, pings: list[Ping]) -> None:
        for first in range(0, len(pings), BATCH):
            self._waiting.put_nowait(pings[first : first + BATCH])

    async def _client(self, number: int) -> None:
        """One client; it stays with an ingest for as long as that acknowledges."""
        while True:
            batch = await self._waiting.get()
            while not await self._is_acknowledged(self._urls[number % len(self._urls)], batch):
                number += 1
                self.posted_again += 1
                await asyncio.sleep(AGAIN_S)
            self.acknowledged.update(ping["message_id"] for ping in batch)
            self._waiting.task_done()

    async def _is_acknowledged(self, url: str, batch: list[Ping]) -> bool:
        try:
            answer = await self._http.post(f"{url}/v1/pings", json=batch)
        except httpx.TransportError:
            return False
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            return False
        if answer.status_code != HTTPStatus.ACCEPTED or answer.json()["accepted"] != len(batch):
            msg = f"{url} answered {answer.status_code} to {len(batch)} pings: {answer.text}"
            raise Refused(msg)
        return True

    async def _draw(self, number: int, effective_from: int, radius_m: float) -> None:
        """Ask one ingest after the other until one has drawn it."""
        body = feature(number, effective_from, radius_m)
        async with asyncio.timeout(DELIVERED_S):
            for attempt in count():
                url = self._urls[attempt % len(self._urls)]
                if await self._is_drawn(f"{url}/v1/hotspots/hs-{number}", body):
                    return
                await asyncio.sleep(AGAIN_S)

    async def _is_drawn(self, url: str, body: dict[str, Any]) -> bool:
        try:
            answer = await self._http.put(url, json=body)
        except httpx.TransportError:
            return False
        if not answer.is_success and answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            msg = f"{url} answered {answer.status_code}: {answer.text}"
            raise Refused(msg)
        return answer.is_success
