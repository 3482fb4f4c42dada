"""``stepsix topics`` and ``stepsix token``: what an operator does beside the running services."""

from __future__ import annotations

import asyncio
import getpass
from datetime import UTC, datetime
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.table import Table

from services.cli.options import DataDir, Kafka
from services.cli.process import cluster, epoch_ms, log_of
from services.contracts.reference import Scope, Token
from services.eventlog.topics import create_topics
from services.ingest import tokens
from services.settings import PREFIX, Settings, read

topics = typer.Typer(help="The topics of a Kafka cluster.", no_args_is_help=True)
token = typer.Typer(help="The bearer tokens of a deployment.", no_args_is_help=True)


@topics.command("create")
def create_topics_command(
    kafka: Kafka = None,
    partitions: Annotated[
        int | None,
        typer.Option(envvar=f"{PREFIX}PARTITIONS", help="Chosen once; more processes, not more."),
    ] = None,
    replication: Annotated[int, typer.Option(help="Copies of each record.", min=1)] = 1,
) -> None:
    """Make the topics that are missing, with the settings that stepsix needs."""
    settings = read(kafka=kafka, partitions=partitions)
    made = asyncio.run(create_topics(cluster(settings), settings.partitions, replication))
    Console().print(f"Made {', '.join(made)}." if made else "Every topic is there already.")


@token.command("create")
def create_token(
    scope: Annotated[
        list[str],
        typer.Option(
            help="ingest, scrape, figures, own, view, supervise or admin. May be repeated."
        ),
    ],
    source: Annotated[str | None, typer.Option(help="The source that posts with it.")] = None,
    officer: Annotated[str | None, typer.Option(help="The officer whose own it shows.")] = None,
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Make a token and print it, once: only its hash is kept."""

    async def work(settings: Settings) -> tokens.Created:
        async with log_of(settings) as log:
            return await tokens.create(
                log,
                scopes=cast(list[Scope], scope),  # create() refuses any that is none
                by=getpass.getuser(),
                at=epoch_ms(),
                source=source,
                officer_id=officer,
            )

    created = asyncio.run(work(read(data_dir=data_dir, kafka=kafka)))
    Console(stderr=True).print(
        f"Token {created.token.token_id}; this is the only time it is shown:"
    )
    typer.echo(created.secret)


@token.command("list")
def list_tokens(data_dir: DataDir = None, kafka: Kafka = None) -> None:
    """Show the tokens that are not revoked."""

    async def work(settings: Settings) -> list[Token]:
        async with log_of(settings) as log:
            return await tokens.valid(log)

    table = Table("id", "scopes", "source", "officer", "made", "by")
    for each in asyncio.run(work(read(data_dir=data_dir, kafka=kafka))):
        made = datetime.fromtimestamp(each.created_at / 1000, UTC).isoformat(" ", "seconds")
        scopes = " ".join(each.scopes)
        table.add_row(each.token_id, scopes, each.source, each.officer_id, made, each.changed_by)
    Console().print(table)


@token.command("revoke")
def revoke_token(
    token_id: Annotated[str, typer.Argument(help="As `stepsix token list` shows it.")],
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Revoke a token: every service refuses it from now on."""

    async def work(settings: Settings) -> None:
        async with log_of(settings) as log:
            await tokens.revoke(log, token_id, by=getpass.getuser(), at=epoch_ms())

    asyncio.run(work(read(data_dir=data_dir, kafka=kafka)))
