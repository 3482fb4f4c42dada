"""Bearer tokens: made, listed and revoked in ``reference``, so that every service knows them.

A token is shown once, when it is made; what is kept is its SHA-256.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple, get_args

from services.contracts.codec import encode
from services.contracts.reference import Deleted, Reference, Scope, Token, key_of
from services.contracts.topics import REFERENCE
from services.edge.access import sha256_of
from services.edge.reference import read_register
from services.eventlog.port import EventLog, NewRecord
from services.ingest.ids import ID, ID_WORDS

SCOPES: tuple[Scope, ...] = get_args(Scope)


class WrongToken(ValueError):
    """A token cannot be made, or found, as asked; the message says what to give."""


class Created(NamedTuple):
    """A new token: the secret to hand over, and what is kept of it."""

    secret: str
    token: Token


async def create(
    log: EventLog,
    *,
    scopes: Sequence[Scope],
    by: str,
    at: int,
    source: str | None = None,
    officer_id: str | None = None,
) -> Created:
    """Make a token at ``at`` (ms) in the name of ``by``. Raises WrongToken, LogError."""
    _check(scopes, source, officer_id)
    secret = secrets.token_urlsafe(32)
    token = Token(
        token_id=secrets.token_hex(4),
        sha256=sha256_of(secret),
        scopes=list(dict.fromkeys(scopes)),
        created_at=at,
        changed_by=by,
        source=source,
        officer_id=officer_id,
    )
    await _append(log, token)
    return Created(secret, token)


async def valid(log: EventLog) -> list[Token]:
    """Every token that is not revoked, oldest first. Raises LogError."""
    return (await read_register(log)).tokens()


async def revoke(log: EventLog, token_id: str, *, by: str, at: int) -> None:
    """Revoke a token: every service refuses it from now on. Raises WrongToken, LogError."""
    known = [token.token_id for token in await valid(log)]
    if token_id not in known:
        msg = f"There is no valid token {token_id!r}; there are: {', '.join(known) or 'none'}."
        raise WrongToken(msg)
    await _append(log, Deleted(type="token", id=token_id, effective_from=at, changed_by=by))


def _check(scopes: Sequence[Scope], source: str | None, officer_id: str | None) -> None:
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        msg = f"Give one or more of the scopes {', '.join(SCOPES)}."
    elif "ingest" in scopes and source is None:
        msg = "A token with the scope ingest names the source that posts with it: --source NAME."
    elif source is not None and not re.fullmatch(ID, source):
        msg = f"The source {source!r} must be {ID_WORDS}."
    elif "own" in scopes and officer_id is None:
        msg = "A token with the scope own names its officer: --officer ID."
    else:
        return
    raise WrongToken(msg)


async def _append(log: EventLog, message: Reference) -> None:
    await log.append([NewRecord(REFERENCE.name, key_of(message).encode(), encode(message))])
