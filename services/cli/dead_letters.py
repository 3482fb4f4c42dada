"""``stepsix dead-letters``: looking at records that could not be processed, and replaying them."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Callable, Coroutine
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from services.cli.bars import Bar, bars
from services.cli.existing_log import existing_log
from services.cli.letter_list import Newest, printable, table
from services.cli.letterbox import Letterbox
from services.cli.letters import Place, place_of
from services.cli.moments import moment_of
from services.cli.options import DataDir, Kafka
from services.cli.process import epoch_ms
from services.cli.replaying import Done, Replay, Wanted
from services.contracts.days import Days
from services.contracts.people import Audit
from services.eventlog.port import EventLog
from services.settings import Settings, read

Since = Annotated[
    str | None,
    typer.Option(help="Written since then: 2026-06-01T22:00:00Z, or a date, its day's start."),
]
T = TypeVar("T")
dead_letters = typer.Typer(help="Records that could not be processed.", no_args_is_help=True)


@dead_letters.command("list")
def list_command(
    since: Since = None,
    most: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 50,
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Show dead letters, the newest last: what lay where, why, and whether it was replayed."""
    settings = read(data_dir=data_dir, kafka=kafka)
    begin, newest = _moment(settings, since), Newest(most)

    async def work(_: EventLog, box: Letterbox) -> dict[Place, Audit]:
        async for letter in box.letters(await box.since(begin)):
            newest.see(letter)
        return await box.marks(min((row.at for row in newest.rows()), default=begin))

    marks = _run(settings, work)
    rows = newest.rows()
    Console().print(table(rows, marks) if rows else "No dead letters.")
    if newest.seen > len(rows):
        typer.echo(f"{newest.seen - len(rows):,} older ones are not shown: give --most or --since.")


@dead_letters.command("replay")
def replay_command(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="As the list shows them: 3:17")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All that were not replayed yet.")] = False,
    since: Since = None,
    again: Annotated[bool, typer.Option("--again", help="Those replayed before, too.")] = False,
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Append the originals of dead letters to telemetry again, now that they can be read."""
    settings = read(data_dir=data_dir, kafka=kafka)
    if bool(ids) == every:
        words = "give the ids of some letters, or --all"
        raise typer.BadParameter(words, param_hint="ID")
    if since and ids:
        words = "goes with --all; the ids say already which letters are meant"
        raise typer.BadParameter(words, param_hint="--since")
    wanted = Wanted(frozenset(map(_place, ids or ())), _moment(settings, since), again)

    def work(log: EventLog, box: Letterbox) -> Coroutine[None, None, Done]:
        return Replay(log, box, getpass.getuser(), epoch_ms()).run(wanted)

    done = _run(settings, work)
    typer.echo(f"{done.appended:,} replayed, {len(done.refused):,} not.")
    for place, words in sorted(done.refused.items()):
        typer.echo(f"{place}: {printable(words)}", err=True)
    if done.refused:
        raise typer.Exit(1)


class _Watching:
    """How far the reading is, on standard error."""

    def __init__(self, progress: Progress) -> None:
        self._records = Bar(progress, "Reading dead letters")

    def records_ahead(self, count: int) -> None:
        """So many more records are to be read."""
        self._records.ahead(count)

    def records_read(self, count: int) -> None:
        """So many more records have been read."""
        self._records.done(count)


def _run(settings: Settings, work: Callable[[EventLog, Letterbox], Coroutine[None, None, T]]) -> T:
    """What the work gives, watched; then how many records were no letters."""

    async def on_log(watching: _Watching) -> tuple[T, int]:
        async with existing_log(settings) as log:
            box = Letterbox(log, watching)
            return await work(log, box), box.unreadable

    with bars() as progress:
        given, unreadable = asyncio.run(on_log(_Watching(progress)))
    if unreadable:
        typer.echo(f"{unreadable:,} records of dead-letters are of another release.", err=True)
    return given


def _moment(settings: Settings, since: str | None) -> int:
    days = Days(settings.zone, settings.day_starts)
    return 0 if since is None else moment_of("--since", since, days)


def _place(text: str) -> Place:
    try:
        return place_of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="ID") from None
