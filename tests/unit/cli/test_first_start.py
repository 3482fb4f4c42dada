from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.cli.first_start import admin_token, token_file
from services.edge.access import sha256_of
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog
from services.ingest import tokens

AT = 1_780_000_000_000


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[EventLog]:
    log = await open_log(Embedded(tmp_path / "log", partitions=1))
    yield log
    await log.close()


async def test_the_first_start_makes_a_token_that_later_starts_find(
    log: EventLog, tmp_path: Path
) -> None:
    data_dir = tmp_path / "new" / "data"
    first = await admin_token(log, data_dir, AT)
    assert first is not None
    assert first.scopes == ["admin"]
    assert first.created_at == AT
    assert token_file(data_dir).stat().st_mode & 0o777 == 0o600
    assert sha256_of(token_file(data_dir).read_text().strip()) == first.sha256
    assert await admin_token(log, data_dir, AT + 1) == first
    assert await tokens.valid(log) == [first]


async def test_a_revoked_token_stays_revoked_until_its_file_is_removed(
    log: EventLog, tmp_path: Path
) -> None:
    first = await admin_token(log, tmp_path, AT)
    assert first is not None
    await tokens.revoke(log, first.token_id, by="test", at=AT + 1)
    assert await admin_token(log, tmp_path, AT + 2) is None
    token_file(tmp_path).unlink()
    second = await admin_token(log, tmp_path, AT + 3)
    assert second is not None
    assert await tokens.valid(log) == [second]
