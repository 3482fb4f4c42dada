"""``stepsix simulate`` and ``stepsix feed`` as a person types them."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from services.simulator.drawing import SOURCE
from services.simulator.feed import Fed, Pace, at_recorded_pace, fast, feed
from services.simulator.sending import Link, open_client
from services.simulator.simulate import Scenario, Tally, simulate
from services.simulator.tracks import Report, read

_SHOWN_REJECTIONS = 20

Url = Annotated[str, typer.Option(envvar="STEPSIX_URL", help="The service to post to.")]
GivenToken = Annotated[
    str | None, typer.Option("--token", envvar="STEPSIX_TOKEN", help="The bearer token.")
]
TokenFile = Annotated[
    Path | None,
    typer.Option(envvar="STEPSIX_TOKEN_FILE", help="A file that holds it, such as D/admin-token."),
]
HERE = "http://127.0.0.1:8600"


def simulate_command(
    url: Url = HERE,
    token: GivenToken = None,
    token_file: TokenFile = None,
    seed: Annotated[int, typer.Option(min=0, help="Each seed is another town.")] = 1,
    officers: Annotated[int, typer.Option(min=1, max=1000, help="The last one drives.")] = 12,
    history_minutes: Annotated[
        float, typer.Option(min=0, max=720, help="The past that a new town is given at once.")
    ] = 45,
) -> None:
    """Run a simulated town of radios against a service, until stopped with Ctrl-C.

    It draws its own hot spots, so it needs a token with the scope admin.
    """
    secret = secret_of(token, token_file)
    tally = Tally()

    async def work() -> None:
        async with open_client(url, secret) as client:
            await simulate(
                Link(client, source=SOURCE),
                Scenario(seed, officers, round(history_minutes * 60_000)),
                clock=_epoch_ms,
                tell=lambda: status.update(f"{officers} officers, {tally}"),
                tally=tally,
            )

    console = Console()
    with console.status(f"Waiting for {url}") as status:
        try:
            asyncio.run(work())
        finally:
            console.print(f"Stopped: {tally}.")


def feed_command(
    file: Annotated[Path, typer.Argument(help="A .gpx track, or .ndjson lines of pings.")],
    url: Url = HERE,
    token: GivenToken = None,
    token_file: TokenFile = None,
    radio: Annotated[
        str | None, typer.Option(help="Whose track it is. NDJSON lines may say it themselves.")
    ] = None,
    pace: Annotated[
        Pace,
        typer.Option(help="With its own times at once, or as recorded with times shifted to now."),
    ] = Pace.FAST,
) -> None:
    """Post a recorded track as if its radio sent it."""
    reports = read(file, radio)
    fed = asyncio.run(_feed(reports, url, secret_of(token, token_file), pace))
    console = Console()
    console.print(f"{fed.accepted} accepted, {len(fed.rejected)} rejected.")
    for line in fed.rejected[:_SHOWN_REJECTIONS]:
        console.print(line, markup=False)
    if len(fed.rejected) > _SHOWN_REJECTIONS:
        console.print(f"... and {len(fed.rejected) - _SHOWN_REJECTIONS} more.")
    if fed.rejected:
        raise typer.Exit(1)


async def _feed(reports: list[Report], url: str, secret: str, pace: Pace) -> Fed:
    batches = fast(reports) if pace is Pace.FAST else at_recorded_pace(reports, _epoch_ms)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Posting", total=len(reports))
        async with open_client(url, secret) as client:
            return await feed(
                Link(client), batches, lambda done: progress.update(task, completed=done)
            )


def secret_of(token: str | None, token_file: Path | None) -> str:
    """The token that a person gave in one of two ways. Raises BadParameter."""
    if (token is None) == (token_file is None):
        msg = "Give one of --token and --token-file."
        raise typer.BadParameter(msg)
    if token_file is None:
        secret = token or ""
    else:
        try:
            secret = token_file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            msg = f"{token_file} cannot be read: {error}"
            raise typer.BadParameter(msg, param_hint="--token-file") from None
    secret = secret.strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        msg = "This is no token. One is a line of letters and digits, from `stepsix token create`."
        raise typer.BadParameter(msg)
    return secret


def _epoch_ms() -> int:
    return time.time_ns() // 1_000_000
