"""``stepsix plans import`` and ``stepsix duties import``: a spreadsheet's week put into force."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.cli import duty_rows, plan_rows
from services.cli.csv_rows import read_rows
from services.cli.entries import Entry
from services.cli.importing import Import
from services.contracts.days import Days
from services.settings import read
from services.simulator.commands import HERE, GivenToken, TokenFile, Url, secret_of
from services.simulator.sending import Link, open_client

plans = typer.Typer(help="The plans: how much patrol each hot spot is due.", no_args_is_help=True)
duties = typer.Typer(help="The roster: who carries which radio when.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A CSV file; docs/imports.md has its columns.")]
DryRun = Annotated[bool, typer.Option(help="Say what is in order, and put nothing.")]


@plans.command("import")
def import_plans(
    file: File,
    url: Url = HERE,
    token: GivenToken = None,
    token_file: TokenFile = None,
    *,
    dry_run: DryRun = False,
) -> None:
    """Put the plans of a CSV file, one window a row; one bad plan costs no other."""
    entries = plan_rows.plans_of(read_rows(file, plan_rows.COLUMNS, plan_rows.NEEDED), _days())
    _put(Import("plan", "/v1/plans", dry_run), entries, url, secret_of(token, token_file))


@duties.command("import")
def import_duties(
    file: File,
    url: Url = HERE,
    token: GivenToken = None,
    token_file: TokenFile = None,
    *,
    dry_run: DryRun = False,
) -> None:
    """Put the duties of a CSV file, one a row; one bad duty costs no other."""
    entries = duty_rows.duties_of(read_rows(file, duty_rows.COLUMNS, duty_rows.NEEDED), _days())
    _put(Import("duty", "/v1/duties", dry_run), entries, url, secret_of(token, token_file))


def _days() -> Days:
    settings = read()
    return Days(settings.zone, settings.day_starts)


def _put(job: Import, entries: Sequence[Entry], url: str, secret: str) -> None:
    async def work() -> dict[str, int]:
        async with open_client(url, secret) as client:
            return await job.put(Link(client), entries)

    versions = asyncio.run(work())
    console = Console()
    console.print(job.table(entries, versions))
    console.print(job.summary(entries))
    if any(entry.faults for entry in entries):
        raise typer.Exit(1)
