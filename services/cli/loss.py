"""``stepsix accept-loss``: go on with a partition whose records retention has removed."""

from __future__ import annotations

import asyncio
import getpass
from typing import Annotated

import typer

from services.cli.existing_log import existing_log
from services.cli.options import DataDir, Kafka
from services.cli.process import epoch_ms
from services.geofence.loss import Loss, accept_loss
from services.settings import Settings, read


def accept_loss_command(
    partition: Annotated[int, typer.Option(min=0, help="As the reason at /readyz names it.")],
    data_dir: DataDir = None,
    kafka: Kafka = None,
) -> None:
    """Give up records that retention removed before geofence had processed them."""

    async def work(settings: Settings) -> Loss | None:
        async with existing_log(settings) as log:
            partitions = await log.partitions()
            if partition >= partitions:
                message = f"there are {partitions}, from 0 to {partitions - 1}"
                raise typer.BadParameter(message, param_hint="--partition")
            return await accept_loss(log, partition, who=getpass.getuser(), at=epoch_ms())

    loss = asyncio.run(work(read(data_dir=data_dir, kafka=kafka)))
    if loss is None:
        typer.echo(f"Partition {partition} has lost nothing; it was left as it is.")
        return
    typer.echo(f"Given up of {loss.what}.")
    typer.echo(
        f"Restart geofence: it rebuilds the state from {loss.start} on, where the log begins, and"
        f" goes on at {max(loss.start, loss.committed)}."
    )
