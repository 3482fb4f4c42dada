"""Command-line options that several commands share. Each is a setting of the environment too."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from services.settings import PREFIX

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        envvar=f"{PREFIX}DATA_DIR",
        help="Where the embedded log and the admin token are kept.",
    ),
]
Kafka = Annotated[
    str | None,
    typer.Option("--kafka", envvar=f"{PREFIX}KAFKA", help="A Kafka cluster, as HOST:PORT."),
]
Host = Annotated[
    str | None, typer.Option("--host", envvar=f"{PREFIX}HOST", help="The address to serve on.")
]
Port = Annotated[
    int | None, typer.Option("--port", envvar=f"{PREFIX}PORT", help="The port to serve on.")
]
