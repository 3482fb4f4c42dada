"""Dead letters are listed and replayed by the commands a person types, on both logs."""

from __future__ import annotations

import asyncio
import getpass
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from deploy.kafka.broker import Broker, free_port
from services.cli.letterbox import Letterbox
from services.cli.letters import Letter
from services.contracts.codec import decode, encode
from services.contracts.people import Audit
from services.contracts.recovery import DeadLetter
from services.contracts.telemetry import Presence
from services.contracts.topics import AUDIT, DEAD_LETTERS, DEFAULT_PARTITIONS, TELEMETRY
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog, NewRecord
from services.eventlog.topics import create_topics
from tests.support.deployment import ROOT, stepsix
from tests.support.eventlogs import everything
from tests.support.history import Unwatched
from tests.support.placing import Foreign, allow_huge, put
from tests.support.reader import needs_shell, serving, sh_blocks, shell, workplace
from tests.support.working import working

COMES_ABOUT_S = 60.0
PARTITION = 1
HEARD = encode(Presence(radio_id="old-1", source="radios", received_at=1_780_000_000_000))
HUGE = json.dumps({**json.loads(HEARD), "radio_id": "old-2", "photo": "x" * 1_100_000}).encode()


class Letters(NamedTuple):
    """The letters of a log, by their ids, and how a command names the log."""

    log: EventLog
    place: Embedded | Kafka
    where: list[str]
    poison: str
    readable: str
    left_out: str
    gone: str
    reference: str


@asynccontextmanager
async def letters_on(place: Embedded | Kafka, where: list[str]) -> AsyncIterator[Letters]:
    """A log with a letter that a worker wrote, and others as another release may have left them."""
    log = await open_log(place)
    try:
        [(poisoned, _)] = await put(place, PARTITION, [Foreign(b"[r]\x1b", b'{"kind":"hologram"}')])
        async with working(log):
            poison = await written(log, poisoned)
        [(huge, _)] = await put(place, PARTITION, [Foreign(None, HUGE)])
        named = [
            about(offset=poisoned, key=b"old-1", value=HEARD),
            about(offset=huge, left_out=len(HUGE)),
            about(offset=huge + 1_000_000, left_out=len(HUGE)),
            about(offset=3, topic="reference", key=b"hotspot/x", value=b"[]"),
        ]
        ids = [await written_by_hand(log, letter) for letter in named]
        yield Letters(log, place, where, poison, *ids)
    finally:
        await log.close()


@asynccontextmanager
async def on_kafka(broker: Broker) -> AsyncIterator[Letters]:
    place = Kafka(broker.bootstrap)  # a command knows no prefix
    await create_topics(place, DEFAULT_PARTITIONS, replication=1)
    await allow_huge(place)
    async with letters_on(place, ["--kafka", broker.bootstrap]) as letters:
        yield letters


@asynccontextmanager
async def on_file(folder: Path) -> AsyncIterator[Letters]:
    async with letters_on(Embedded(folder), ["--data-dir", str(folder)]) as letters:
        yield letters


def about(*, offset: int, topic: str = "telemetry", **given: object) -> DeadLetter:
    return DeadLetter(
        topic=topic,
        partition=PARTITION,
        offset=offset,
        timestamp=0,
        reason="of a kind that the release before did not know",
        **given,  # type: ignore[arg-type]
    )


async def written(log: EventLog, offset: int) -> str:
    """Wait for the worker's letter about a record; its id."""
    async with asyncio.timeout(COMES_ABOUT_S):
        async for batch in log.follow({DEAD_LETTERS.name: None}):
            for record in batch.records:
                letter = decode(DEAD_LETTERS.name, record.value)
                if isinstance(letter, DeadLetter) and letter.offset == offset:
                    return f"{batch.partition}:{record.offset}"
    raise AssertionError(offset)


async def written_by_hand(log: EventLog, letter: DeadLetter) -> str:
    """Append a letter; its id."""
    record = NewRecord(DEAD_LETTERS.name, letter.key or b"~", encode(letter), PARTITION)
    return f"{PARTITION}:{(await log.append([record]))[DEAD_LETTERS.name, PARTITION] - 1}"


async def run(letters: Letters, *arguments: str) -> tuple[int, str, str]:
    done = await asyncio.to_thread(stepsix, "dead-letters", *arguments, *letters.where)
    return done.returncode, done.stdout, done.stderr.strip()


async def rows(letters: Letters) -> dict[str, list[str]]:
    """The cells of the list by id, in its order, of the letters of this test."""
    code, shown, _ = await run(letters, "list", "--since", "2026-01-01", "--most", "200")
    assert code == 0
    cells = [
        [cell.strip() for cell in line.split("│")[1:-1]]
        for line in shown.splitlines()
        if line.startswith("│")
    ]
    return {each[0]: each[1:] for each in cells if each[0] in letters}


async def appended(letters: Letters) -> list[tuple[bytes | None, bytes | None]]:
    """What lies in telemetry behind what was placed there."""
    found = await everything(letters.log, TELEMETRY.name, PARTITION)
    after = max(i for i, record in enumerate(found) if record.value == HUGE)
    return [(record.key, record.value) for record in found[after + 1 :]]


async def check_the_list(letters: Letters) -> None:
    shown = await rows(letters)
    assert list(shown) == list(letters[3:])
    written_at, origin, key, kind, size, reason, replayed = shown[letters.poison]
    assert written_at.startswith("20")
    assert origin.startswith(f"telemetry {PARTITION}:")
    assert (key, kind, size) == ("[r]\\x1b", "hologram", "19")
    assert (reason, replayed) == ("Invalid value 'hologram' - at `$.kind`", "")
    assert shown[letters.readable][3] == "radio"
    assert shown[letters.left_out][4] == f"{len(HUGE):,}"
    assert not any(cells[-1] for cells in shown.values())


async def check_a_replay(letters: Letters) -> None:
    assert await run(letters, "replay", letters.readable) == (0, "1 replayed, 0 not.\n", "")
    assert await appended(letters) == [(b"old-1", HEARD)]
    assert getpass.getuser() in (await rows(letters))[letters.readable][-1]
    code, said, why = await run(letters, "replay", letters.readable)
    assert (code, said) == (1, "0 replayed, 1 not.\n")
    assert f"{letters.readable}: replayed 20" in why
    assert "--again replays it once more" in why
    assert await run(letters, "replay", letters.readable, "--again") == (
        0,
        "1 replayed, 0 not.\n",
        "",
    )
    assert await appended(letters) == [(b"old-1", HEARD)] * 2


async def check_a_replay_of_all(letters: Letters) -> None:
    code, said, why = await run(letters, "replay", "--all", "--since", "2026-01-01")
    assert (code, said) == (1, "1 replayed, 3 not.\n")
    assert dict(line.split(": ", 1) for line in why.splitlines()) == {
        letters.poison: "this release cannot read it either: "
        "Invalid value 'hologram' - at `$.kind`",
        letters.gone: f"its {len(HUGE):,} bytes were left out, and "
        f"{(await quoted(letters, letters.gone)).origin} is there no more",
        letters.reference: "a record of reference is not replayed; PUT hotspot/x again",
    }
    [*_, (key, value)] = await appended(letters)
    message = decode(TELEMETRY.name, value)
    assert isinstance(message, Presence)
    assert (key, message.radio_id) == (b"old-2", "old-2")
    assert value == encode(message)
    assert [*(await marks(letters))] == [letters.readable] * 2 + [letters.left_out]


async def quoted(letters: Letters, place: str) -> Letter:
    box = Letterbox(letters.log, Unwatched())
    found = [letter async for letter in box.letters(await box.since(0))]
    return next(letter for letter in found if str(letter.place) == place)


async def marks(letters: Letters) -> list[str]:
    """The letters of this test that the audit says were replayed."""
    found = []
    for partition in range(await letters.log.partitions()):
        for record in await everything(letters.log, AUDIT.name, partition):
            audit = decode(AUDIT.name, record.value)
            if isinstance(audit, Audit) and audit.action == "replay":
                found.append(audit.what.removeprefix("dead-letters/"))
    return [place for place in found if place in letters]


async def check_the_commands(letters: Letters) -> None:
    await check_the_list(letters)
    await check_a_replay(letters)
    await check_a_replay_of_all(letters)


async def test_letters_are_listed_and_replayed_on_the_embedded_log(tmp_path: Path) -> None:
    async with on_file(tmp_path) as letters:
        await check_the_commands(letters)


@pytest.mark.kafka
async def test_letters_are_listed_and_replayed_on_kafka(broker: Broker) -> None:
    async with on_kafka(broker) as letters:
        await check_the_commands(letters)


@needs_shell
async def test_the_page_on_dead_letters_does_what_it_says(tmp_path: Path) -> None:
    folder, port = workplace(tmp_path), free_port()
    page = (ROOT / "docs" / "dead-letters.md").read_text("utf-8")
    listing, one, every = sh_blocks(page)
    with serving(folder, f".venv/bin/stepsix up --data-dir var/pilot --port {port}", port):
        log = await open_log(Embedded(folder / "var/pilot"))
        try:
            first, second = [
                await written_by_hand(log, about(offset=n, key=b"old-1", value=HEARD))
                for n in range(2)
            ]
        finally:
            await log.close()
        assert first in await asyncio.to_thread(shell, folder, listing)
        replayed = await asyncio.to_thread(shell, folder, one.replace("3:17", first))
        assert replayed == "1 replayed, 0 not.\n"
        assert await asyncio.to_thread(shell, folder, every) == "1 replayed, 0 not.\n"
        assert second in await asyncio.to_thread(shell, folder, listing)
