"""The command line: each command reads its settings and calls one function."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import typer
from uvicorn.loops.auto import auto_loop_factory

from services.cli import administration, dead_letters, history, imports, loss, process, standalone
from services.cli.csv_rows import WrongTable
from services.cli.options import DataDir, Host, Kafka, Port
from services.edge import logs
from services.edge.signals import signals
from services.eventlog.port import LogError
from services.ingest.tokens import WrongToken
from services.settings import Settings, WrongSetting, read
from services.simulator.commands import feed_command, simulate_command
from services.simulator.sending import NotSent
from services.simulator.tracks import BadTrack

_DEMO_DIR = Path("var/demo")

app = typer.Typer(
    help="Tracking for hot spots policing: radio pings in, patrol minutes out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(administration.topics, name="topics")
app.add_typer(administration.token, name="token")
app.add_typer(imports.plans, name="plans")
app.add_typer(imports.duties, name="duties")
app.add_typer(dead_letters.dead_letters, name="dead-letters")
app.command("simulate")(simulate_command)
app.command("feed")(feed_command)
app.command("replay")(history.replay_command)
app.command("settle")(history.settle_command)
app.command("accept-loss")(loss.accept_loss_command)


@app.command()
def up(data_dir: DataDir = None, host: Host = None, port: Port = None, kafka: Kafka = None) -> None:
    """Serve everything on one port from one process."""
    _serve(standalone.up(read(data_dir=data_dir, host=host, port=port, kafka=kafka)))


@app.command()
def demo(data_dir: DataDir = _DEMO_DIR, host: Host = None, port: Port = None) -> None:
    """Serve everything on the embedded log, with a simulated town of radios beside it."""
    asked = read(data_dir=data_dir, host=host, port=port)
    settings = asyncio.run(standalone.prepare(asked.model_copy(update={"kafka": None})))
    with standalone.town_beside(settings):
        _serve(standalone.up(settings))


@app.command()
def ingest(kafka: Kafka = None, host: Host = None, port: Port = None) -> None:
    """Serve the way in: pings, hot spots, sources, radios."""
    _serve(_part(process.ingest, read(kafka=kafka, host=host, port=port)))


@app.command()
def geofence(kafka: Kafka = None, host: Host = None, port: Port = None) -> None:
    """Run the engine; any number of these processes share the work."""
    _serve(_part(process.geofence, read(kafka=kafka, host=host, port=port)))


@app.command()
def metrics(kafka: Kafka = None, host: Host = None, port: Port = None) -> None:
    """Serve the way out: the page, lists, the live stream, Prometheus."""
    _serve(_part(process.metrics, read(kafka=kafka, host=host, port=port)))


async def _part(part: process.Part, settings: Settings) -> None:
    process.cluster(settings)  # the embedded log cannot be shared by processes that serve
    async with process.process(settings) as alone:
        await process.run(alone, [part])


def _serve(work: Coroutine[Any, Any, None]) -> None:
    logs.configure()
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(work)


def main() -> None:
    """The console script. SIGTERM and Ctrl-C alike end a command in order, a second one at once."""
    signals.listen()
    try:
        app()
    except (WrongSetting, WrongToken, WrongTable, LogError, NotSent, BadTrack, OSError) as error:
        sys.exit(f"stepsix: {error}")
