"""A past written into the embedded log, beside what is appended to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.eventlog.embedded import past
from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.embedded.past import Moment, write_past
from services.eventlog.port import NewRecord
from tests.support.eventlogs import everything

NOW = 1_780_000_000_000
MINUTE_MS = 60_000


def moment(minute: int, *partitions: int) -> Moment:
    value = b"%d" % minute
    records = [NewRecord("telemetry", b"k", value, partition) for partition in partitions]
    return Moment(NOW + minute * MINUTE_MS, records)


async def stamped(folder: Path, partition: int = 0) -> list[tuple[int, bytes | None]]:
    """Minutes after NOW at which records were stamped, and their values."""
    log = await EmbeddedLog.open(folder, 2, lambda: NOW)
    try:
        records = await everything(log, "telemetry", partition)
    finally:
        await log.close()
    assert [record.offset for record in records] == list(range(len(records)))
    return [((record.timestamp - NOW) // MINUTE_MS, record.value) for record in records]


async def test_each_record_has_the_time_of_its_moment(tmp_path: Path) -> None:
    write_past(tmp_path, 2, [moment(-60, 0), moment(-30, 0, 1), moment(-29), moment(-5, 0)])
    assert await stamped(tmp_path) == [(-60, b"-60"), (-30, b"-30"), (-5, b"-5")]
    assert await stamped(tmp_path, 1) == [(-30, b"-30")]


async def test_a_log_goes_on_after_its_past_and_is_found_by_time(tmp_path: Path) -> None:
    write_past(tmp_path, 2, [moment(-60, 0), moment(-30, 0)])
    log = await EmbeddedLog.open(tmp_path, 2, lambda: NOW)
    try:
        assert await log.append([NewRecord("telemetry", b"k", b"now", 0)]) == {("telemetry", 0): 3}
        assert await log.offset_at("telemetry", NOW - 45 * MINUTE_MS) == {0: 1, 1: 0}
        # Beside a log that is open, as another process would.
        write_past(tmp_path, 2, [moment(-10, 0), moment(10, 0)])
        assert (await log.bounds("telemetry"))[0].end == 5
    finally:
        await log.close()
    stamps = [stamp for stamp, _ in await stamped(tmp_path)]
    # What comes too late for its time has the newest record's.
    assert stamps == [-60, -30, 0, 0, 10]


async def test_a_past_that_breaks_off_keeps_whole_transactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking() -> Iterator[Moment]:
        for minute in range(5):
            yield moment(minute, 0, 1)
        raise InterruptedError

    monkeypatch.setattr(past, "GROUP_RECORDS", 4)
    with pytest.raises(InterruptedError):
        write_past(tmp_path, 2, breaking())
    assert await stamped(tmp_path) == [(0, b"0"), (1, b"1"), (2, b"2"), (3, b"3")]
    write_past(tmp_path, 2, [moment(4, 0)])
    assert (await stamped(tmp_path))[-1] == (4, b"4")
