"""``stepsix replay`` and ``stepsix settle``: what history came to, and a day made final."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Never, TypeVar

import typer

from services.cli.bars import HistoryBars, bars
from services.cli.existing_log import existing_log
from services.cli.hotspot_file import WrongFile, read_hotspots
from services.cli.moments import date_of, moment_of
from services.cli.options import DataDir, Kafka
from services.cli.process import epoch_ms
from services.contracts.days import Days
from services.contracts.reference import HotSpot
from services.eventlog.port import EventLog
from services.geofence.history.boundaries import Boundaries
from services.geofence.history.final import Settled
from services.geofence.history.period import Period
from services.geofence.history.replay import Figures, replay
from services.geofence.history.settlement import NotOver, TooOld, settle
from services.geofence.history.watching import Watcher
from services.settings import Settings, read

_WIDEST_M = 2_000.0
"""As for a hot spot of the API."""

T = TypeVar("T")


def replay_command(  # noqa: PLR0913, PLR0917 - one option each
    since: Annotated[
        str, typer.Option("--from", help="2026-06-01T22:00:00+01:00, or a date: its day's start.")
    ],
    until: Annotated[str, typer.Option("--to", help="The same; what begins then is not in it.")],
    out: Annotated[Path, typer.Option(help="The folder for the four files.")],
    hotspots: Annotated[
        Path | None, typer.Option(help="GeoJSON: these hot spots instead of all others.")
    ] = None,
    catchment: Annotated[
        float | None,
        typer.Option(min=0, max=_WIDEST_M, help="Metres: for every hot spot instead of its own."),
    ] = None,
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Account for a stretch of history anew, perhaps with other boundaries; changes nothing."""
    settings = read(data_dir=data_dir, kafka=kafka)
    period = _period(since, until, _days(settings))
    boundaries = Boundaries(_hotspots(hotspots), catchment)
    # pyarrow takes 30 MB, which the services of a deployment need not carry.
    from services.cli.tables import tables_in  # noqa: PLC0415

    with _writable(out), tables_in(out) as tables:
        figures = _run(settings, lambda log, see: replay(log, period, boundaries, see))
        tables.write(figures.visits, figures.timesheets)
    typer.echo(
        f"{figures.units} radios, {len(figures.visits)} visits, "
        f"{len(figures.timesheets)} timesheets, in {out}."
    )
    _tell_of_unreadable(figures)


def settle_command(
    day: Annotated[str, typer.Option("--date", help="The force's day, such as 2026-06-01.")],
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Make a day's figures final: late fixes and later edits of boundaries among them."""
    settings = read(data_dir=data_dir, kafka=kafka)
    wanted = date_of(day)
    if wanted is None:
        _refuse("--date", f"{day} is no date; give one such as 2026-06-01")
    days = _days(settings)
    try:
        settled = _run(settings, lambda log, see: settle(log, wanted, days, epoch_ms, see))
    except (NotOver, TooOld) as error:
        _refuse("--date", str(error))
    typer.echo(
        f"{wanted}: {settled.units} radios, {settled.visits} visits, "
        f"{settled.timesheets} timesheets are final."
    )
    typer.echo(
        f"Visits against those shown before: {settled.as_before} the same, "
        f"{settled.changed} changed, {settled.new} new, {settled.gone} gone."
    )
    _tell_of_unreadable(settled)


def _run(settings: Settings, work: Callable[[EventLog, Watcher], Coroutine[None, None, T]]) -> T:
    """What the work gives, on a log that must be there, watched on standard error."""

    async def on_log(watcher: Watcher) -> T:
        async with existing_log(settings) as log:
            return await work(log, watcher)

    with bars() as progress:
        return asyncio.run(on_log(HistoryBars(progress)))


def _days(settings: Settings) -> Days:
    return Days(settings.zone, settings.day_starts)


def _period(since: str, until: str, days: Days) -> Period:
    period = Period(moment_of("--from", since, days), moment_of("--to", until, days))
    if period.since >= period.until:
        _refuse("--from", f"{since} is not before {until}; give --to a later time")
    return period


def _hotspots(path: Path | None) -> list[HotSpot] | None:
    if path is None:
        return None
    try:
        return read_hotspots(path)
    except WrongFile as error:
        _refuse("--hotspots", str(error))


@contextmanager
def _writable(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _refuse("--out", f"{out} cannot be written: {error.strerror or error}")


def _tell_of_unreadable(done: Figures | Settled) -> None:
    if done.unreadable:
        message = f"{done.unreadable} records of telemetry could not be read; see dead-letters."
        typer.echo(message, err=True)


def _refuse(option: str, words: str) -> Never:
    raise typer.BadParameter(words, param_hint=option)
