"""One commit at a time, beside the stepping of the next batch."""

from __future__ import annotations

import asyncio

from services.eventlog.port import Claim
from services.geofence.instruments import Instruments
from services.geofence.pending import Transaction
from services.geofence.standing import Standing


class Commits:
    """The commits of one claim, in order; at most one is under way.

    After one has failed the claim is of no use: ``check`` and ``done`` raise what it failed with.
    """

    def __init__(self, claim: Claim, standing: Standing, instruments: Instruments) -> None:
        self._claim = claim
        self._standing = standing
        self._instruments = instruments
        self._loop = asyncio.get_running_loop()
        self._under_way: asyncio.Task[None] | None = None
        self._started = self._loop.time()

    @property
    def quiet_s(self) -> float:
        """Seconds since a commit was last started."""
        return self._loop.time() - self._started

    def start(self, transaction: Transaction) -> None:
        """Start a commit; none may be under way."""
        self._started = self._loop.time()
        self._under_way = asyncio.create_task(self._commit(transaction))

    def check(self) -> None:
        """Raise what the commit under way has failed with; wait for nothing."""
        if self._under_way is not None and self._under_way.done():
            self._under_way.result()

    async def done(self) -> None:
        """Wait until the commit under way is done."""
        if self._under_way is not None:
            await self._under_way
            self._under_way = None

    async def drop(self) -> None:
        """Give up what is under way: whether it went through, the next restore finds out."""
        if self._under_way is not None:
            self._under_way.cancel()
            await asyncio.wait({self._under_way})

    async def _commit(self, transaction: Transaction) -> None:
        with self._instruments.commit_seconds.time():
            await self._claim.commit(transaction.records, transaction.offset)
        self._standing.committed(transaction.offset, transaction.engine_time)
        self._instruments.count(transaction.work)
