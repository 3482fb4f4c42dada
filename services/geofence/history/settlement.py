"""Settlement: a day's figures made final, partition by partition.

1. **Claim** every partition for this day. Whoever began to settle it earlier commits nothing from
   here on, and who begins later has read at least as much: the last word is the best informed.
2. **Account** for each unit's fixes in time order, late ones among them, by ``reference`` as it
   is now.
3. **Pair** the visits with those that were shown of the day, so that each keeps its id.
4. **Commit** in one transaction a settlement record and the final visits, and another one and the
   final timesheets. Readers let them replace what they had (contracts/derived.py).

A run's number is the clock's, or one more than the last run's where the clock ran back. Whatever
ends a settlement half-way leaves some partitions settled and the others as they were; settling
the day once more makes up for it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date

from services.contracts.days import Days
from services.contracts.derived import Settlement
from services.contracts.topics import TELEMETRY
from services.eventlog.port import Claim, EventLog, Fenced, LogError
from services.geofence.history.before import read_before
from services.geofence.history.boundaries import Boundaries, surveyor_of
from services.geofence.history.final import Settled, add_up, final_records
from services.geofence.history.gathering import Gathered, Gatherer, written
from services.geofence.history.identity import identify
from services.geofence.history.period import Period
from services.geofence.history.replay import Figures, account_for
from services.geofence.history.watching import Watcher
from services.geofence.survey import Surveyor


class NotOver(ValueError):
    """The day is not over yet; says when it will be."""


class TooOld(ValueError):
    """Telemetry begins after the day; says when."""


class Overtaken(LogError):
    """Somebody else began to settle the same day, and their figures will hold."""


async def settle(
    log: EventLog, day: date, days: Days, clock: Callable[[], int], watcher: Watcher
) -> Settled:
    """Settle a force's day. ``clock`` gives epoch milliseconds.

    Raises NotOver, TooOld, Overtaken, Truncated where the log has lost part of what the day is
    made of, and the log's other errors.
    """
    period = Period(*days.span(day))
    if clock() < period.until:
        message = f"{day} is over at {written(period.until)}: settle it then or later"
        raise NotOver(message)
    settled = Settled()
    async with _claims(log, f"settlement-{day}") as claims:  # 1
        gatherer = await Gatherer.begin(log, period, watcher)
        await _refuse_nothing(gatherer, day, period, watcher)
        this = _Run(log, day, period, await surveyor_of(log, Boundaries()), clock())
        for claim in claims:
            gathered = await gatherer.gather(claim.partition, watcher)
            figures = Figures()
            await account_for(figures, gathered, this.surveyor, period, watcher)  # 2
            add_up(settled, await this.publish(claim, gathered, figures))
    return settled


@dataclass(frozen=True, slots=True)
class _Run:
    """One settlement of a day: all that each of its partitions needs."""

    log: EventLog
    day: date
    period: Period
    surveyor: Surveyor
    number: int

    async def publish(self, claim: Claim, gathered: Gathered, figures: Figures) -> Settled:
        """Commit one partition's figures; how they differ from what was shown."""
        name = self.day.isoformat()
        before = await read_before(self.log, claim.partition, name, self.period)
        identified = identify(before.visits(), figures.visits)  # 3
        announced = Settlement(
            partition=claim.partition,
            day=name,
            since=self.period.since,
            until=self.period.until,
            run=self.number if before.run is None else max(self.number, before.run + 1),
            end_offset=gathered.end,
        )
        final = [visit for visit, _ in identified.pairs]
        try:
            await claim.commit(  # 4
                final_records(announced, final, figures.timesheets), gathered.end
            )
        except Fenced as error:
            message = f"{self.day} is being settled anew by somebody else, whose figures will hold"
            raise Overtaken(message) from error
        return Settled.of(figures, identified)


async def _refuse_nothing(gatherer: Gatherer, day: date, period: Period, watcher: Watcher) -> None:
    """Raise TooOld where telemetry begins after the day and holds nothing late of it either."""
    begins = await gatherer.begins()
    if begins is not None and begins < period.until:
        return
    for partition in gatherer.partitions:
        if (await gatherer.gather(partition, watcher)).packed:
            return
    begun = "holds nothing yet" if begins is None else f"begins at {written(begins)}"
    message = f"{day} is over at {written(period.until)}, but telemetry {begun}"
    raise TooOld(message)


@asynccontextmanager
async def _claims(log: EventLog, group: str) -> AsyncIterator[list[Claim]]:
    """Every partition of telemetry, owned by this settlement of this day."""
    async with AsyncExitStack() as stack:
        member = await stack.enter_async_context(log.join(group, TELEMETRY.name))
        claims = []
        for partition in range(await log.partitions()):
            claim = await member.claim(partition)
            stack.push_async_callback(claim.close)
            claims.append(claim)
        yield claims
