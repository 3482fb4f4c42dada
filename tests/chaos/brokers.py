"""Three brokers, with a way in of its own for each service."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.kafka.nodes import Berth, nodes, start_all
from deploy.kafka.properties import Listener
from tests.chaos.ended import EndedByItself
from tests.chaos.link import Link
from tests.chaos.ports import kept_port

COUNT = 3
IN_SYNC_S = 90.0
"""For a broker that has come back to have everything again, at most."""


class Brokers:
    """The cluster. At most one of its brokers is down at any time."""

    def __init__(self, folder: Path, links: Mapping[str, Link]) -> None:
        """``links`` by the service's name."""
        direct = [kept_port() for _ in range(COUNT)]
        self.direct = _addresses(direct)
        """Where to connect without any link between."""
        self._links = links
        self._berths = [_berth(port, links) for port in direct]
        self._nodes = nodes(folder, self._berths)
        self._down: set[int] = set()

    async def start(self) -> None:
        """Start all brokers, and the links to them. Raises Missing, and TimeoutError."""
        for number, link in enumerate(self._links.values(), 1):
            for berth in self._berths:
                way = berth.listeners[number]
                await link.open(way.advertised, way.port)
        await asyncio.to_thread(start_all, self._nodes)

    def address_for(self, service: str) -> str:
        """Where a service connects: through its own link."""
        number = 1 + list(self._links).index(service)
        return _addresses([berth.listeners[number].advertised for berth in self._berths])

    def kill(self, number: int) -> None:
        """Let a broker crash (SIGKILL)."""
        self.check()
        self._down.add(number)
        self._nodes[number].kill()

    async def restart(self, number: int) -> None:
        """Start a broker that was killed, and wait until it answers. Raises TimeoutError."""
        await asyncio.to_thread(self._nodes[number].start)
        self._down.discard(number)

    def check(self) -> None:
        """Raise EndedByItself where a broker has ended that nobody killed."""
        for number, node in enumerate(self._nodes):
            if number not in self._down and (code := node.ended()) is not None:
                msg = f"broker {number} ended by itself with exit code {code}; see {node.log}"
                raise EndedByItself(msg)

    async def in_sync(self) -> None:
        """Wait until every broker has every record that it should have. Raises TimeoutError."""
        async with asyncio.timeout(IN_SYNC_S):
            while True:
                if await self._all_in_sync():
                    return
                await asyncio.sleep(0.5)

    def end(self) -> None:
        """End all that was started: nobody needs the data."""
        for node in self._nodes:
            node.end()

    async def _all_in_sync(self) -> bool:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.direct, request_timeout_ms=5_000)
        try:
            await admin.start()
            topics: list[Any] = await admin.describe_topics()
        except (KafkaError, TimeoutError, OSError):
            return False
        finally:
            await admin.close()
        partitions = [partition for topic in topics for partition in topic["partitions"]]
        return all(len(each["isr"]) == COUNT and each["leader"] >= 0 for each in partitions)


def _berth(direct_port: int, links: Mapping[str, Link]) -> Berth:
    ways = [Listener("DIRECT", direct_port, direct_port)]
    ways += [Listener(f"LINK{n}", kept_port(), kept_port()) for n in range(len(links))]
    return Berth(kept_port(), ways)


def _addresses(ports: list[int]) -> str:
    return ",".join(f"127.0.0.1:{port}" for port in ports)
