"""What can happen to the stage. Each fault is over when all it did has been set right again.

``strike`` does it and returns at its end; ``kills`` says how many processes it ends by SIGKILL.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.chaos.fleet import Service
from tests.chaos.stage import Stage

JOIN_S = 40.0
"""For a further member of the group to be there, at most."""


class Fault(Protocol):
    """One fault."""

    @property
    def kind(self) -> str:
        """What it is called in the table."""
        ...

    @property
    def kills(self) -> int:
        """How many processes it ends by SIGKILL."""
        ...

    async def strike(self, stage: Stage) -> None:
        """Let it happen, and set it right."""
        ...


@dataclass(frozen=True, slots=True)
class Kill:
    """Services are killed at the same time, and started again a while later."""

    services: Sequence[str]
    down_s: float

    @property
    def kind(self) -> str:
        """By what is hit."""
        return f"{_named(self.services)} killed"

    @property
    def kills(self) -> int:
        """One a service."""
        return len(self.services)

    async def strike(self, stage: Stage) -> None:
        """Kill, wait, start."""
        services = [stage.services[name] for name in self.services]
        for service in services:
            service.kill()
        await asyncio.sleep(self.down_s)
        for service in services:
            service.start()


@dataclass(frozen=True, slots=True)
class KillAgain:
    """A service is killed, started, and killed again while it still takes up its work."""

    service: str
    after_s: float
    kills: int = 2

    @property
    def kind(self) -> str:
        """By what is hit."""
        return f"{_command(self.service)} killed, again while restoring"

    async def strike(self, stage: Stage) -> None:
        """Kill and start, twice."""
        service = stage.services[self.service]
        service.kill()
        service.start()
        await asyncio.sleep(self.after_s)
        service.kill()
        service.start()


@dataclass(frozen=True, slots=True)
class Pause:
    """A service hangs, and goes on later as if nothing had been: a zombie, if others took over."""

    service: str
    pause_s: float
    kills: int = 0

    @property
    def kind(self) -> str:
        """By what is hit."""
        return f"{_command(self.service)} paused"

    async def strike(self, stage: Stage) -> None:
        """SIGSTOP, wait, SIGCONT."""
        service = stage.services[self.service]
        service.pause()
        try:
            await asyncio.sleep(self.pause_s)
        finally:
            service.resume()


@dataclass(frozen=True, slots=True)
class KillBroker:
    """A broker crashes and comes back; with it, perhaps, a service that is using it."""

    number: int
    down_s: float
    services: Sequence[str] = ()

    @property
    def kind(self) -> str:
        """By what is hit."""
        return f"{_named(['broker-0', *self.services])} killed"

    @property
    def kills(self) -> int:
        """The broker, and one a service."""
        return 1 + len(self.services)

    async def strike(self, stage: Stage) -> None:
        """Kill, wait, start; the services come back first."""
        stage.brokers.kill(self.number)
        if self.services:
            await Kill(self.services, 0.0).strike(stage)
        await asyncio.sleep(self.down_s)
        await stage.brokers.restart(self.number)


@dataclass(frozen=True, slots=True)
class Storm:
    """Further geofences join the group and leave again, in quick succession.

    Each stays for some seconds; every second one is killed, the others leave in order.
    """

    stays_s: Sequence[float]

    @property
    def kind(self) -> str:
        """One kind."""
        return "rebalance storm"

    @property
    def kills(self) -> int:
        """Every second member."""
        return len(self.stays_s) // 2

    async def strike(self, stage: Stage) -> None:
        """Let each come a second after the one before."""
        visits = []
        for number, stay_s in enumerate(self.stays_s):
            member = stage.further_geofence()
            is_killed = bool(number % 2)
            visits.append(_visit(stage, member, number, stay_s, is_killed=is_killed))
        await asyncio.gather(*visits)


@dataclass(frozen=True, slots=True)
class Silence:
    """The network between one service and all brokers is silent, both ways."""

    service: str
    silent_s: float
    kills: int = 0

    @property
    def kind(self) -> str:
        """By what is hit."""
        return f"{_command(self.service)} cut off from all brokers"

    async def strike(self, stage: Stage) -> None:
        """Stop the link, wait, restore it."""
        link = stage.links[self.service]
        link.stop()
        try:
            await asyncio.sleep(self.silent_s)
        finally:
            link.restore()


async def _visit(
    stage: Stage, member: Service, delay_s: float, stay_s: float, *, is_killed: bool
) -> None:
    await asyncio.sleep(delay_s)
    member.start()
    async with asyncio.timeout(JOIN_S):
        await member.ready(stage.http)
    await asyncio.sleep(stay_s)
    if is_killed:
        member.kill()
    else:
        await member.stop()


def _named(victims: Sequence[str]) -> str:
    """What is hit at the same time, in words."""
    counts = Counter(map(_command, victims))
    return ", ".join(f"2 {each}" if n == 2 else each for each, n in counts.items())


def _command(service: str) -> str:
    return service.rsplit("-", 1)[0]
