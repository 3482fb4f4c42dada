"""Everything on one port: ``stepsix up``, and ``stepsix demo`` with a town beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console

from services.cli.demo.opening import bring_up_to_now
from services.cli.first_start import admin_token, token_file
from services.cli.process import Process, epoch_ms, geofence, ingest, log_of, metrics, process, run
from services.cli.serving_lock import serving_alone
from services.settings import Settings

_TOWN_STOPS_S = 5.0


async def up(settings: Settings) -> None:
    """Serve ingest, geofence and metrics, and print a link to sign in with.

    Raises LogError, and WrongSetting where another process serves the embedded log.
    """
    with _alone(settings):
        async with process(settings) as everything:
            await _invite(everything)
            await run(everything, [ingest, geofence, metrics])


async def prepare(settings: Settings) -> Settings:
    """Bring the demo's town up to now, and make an admin token for it to post with.

    The settings to serve it by. Raises as ``up`` does, and WrongSetting where the log is not its.
    """
    with _alone(settings):
        async with log_of(settings) as log:
            served = await bring_up_to_now(log, settings, epoch_ms)
            await admin_token(log, settings.data_dir, epoch_ms())
    return served


@contextmanager
def town_beside(settings: Settings) -> Iterator[None]:
    """The town's radios in a process of their own, which waits until the service is there."""
    command = [sys.executable, "-m", "services.cli", "simulate", "--url", url_of(settings)]
    command += ["--token-file", str(token_file(settings.data_dir))]
    town = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        yield
    finally:
        town.terminate()
        try:
            town.wait(_TOWN_STOPS_S)
        except subprocess.TimeoutExpired:
            town.kill()


def url_of(settings: Settings) -> str:
    """Where a browser on this machine finds the service."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - told apart, not bound
    host = everywhere.get(settings.host, settings.host)
    return f"http://{host}:{settings.port}"


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """Kafka shares out its own work; the embedded log has one process that serves it."""
    if settings.kafka:
        return nullcontext()
    return serving_alone(settings.data_dir, url_of(settings))


async def _invite(everything: Process) -> None:
    settings = everything.settings
    token = await admin_token(everything.log, settings.data_dir, epoch_ms())
    path = token_file(settings.data_dir)
    console = Console()
    if token is None:
        console.print(f"The token in {path} was revoked. Remove the file to have a new one made.")
        return
    code = everything.sessions.invite(token.token_id)
    link = f"{url_of(settings)}/sign-in?code={code}"
    # Never wrapped, so that it can be clicked and copied whole.
    console.print(f"\n  Sign in, once, with this link:\n\n  [bold]{link}[/bold]\n", soft_wrap=True)
