"""The admin token of a deployment that ``stepsix up`` starts, and the way to sign in with it."""

from __future__ import annotations

import os
from pathlib import Path

from services.contracts.reference import Token
from services.edge.access import sha256_of
from services.eventlog.port import EventLog
from services.ingest import tokens


def token_file(data_dir: Path) -> Path:
    """Where the admin token is kept, readable by its owner alone."""
    return data_dir / "admin-token"


async def admin_token(log: EventLog, data_dir: Path, at: int) -> Token | None:
    """The token of the file; made, at ``at`` (epoch ms), where there is no such file yet.

    None where it was revoked: whoever did that did not mean the next start to undo it. Raises
    LogError, and OSError where the file can be neither read nor written.
    """
    secret = _kept(data_dir)
    if secret is not None:
        sha256 = sha256_of(secret)
        return next((each for each in await tokens.valid(log) if each.sha256 == sha256), None)
    created = await tokens.create(log, scopes=["admin"], by="stepsix up", at=at)
    _keep(data_dir, created.secret)
    return created.token


def _kept(data_dir: Path) -> str | None:
    path = token_file(data_dir)
    return path.read_text("utf-8").strip() if path.exists() else None


def _keep(data_dir: Path, secret: str) -> None:
    """Write the file whole or not at all: half a secret would pass for a revoked one."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = token_file(data_dir)
    begun = path.with_name(path.name + ".new")
    begun.unlink(missing_ok=True)
    new = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(new, "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    begun.rename(path)
