"""What becomes of a batch: messages to step through, letters for what is none."""

from __future__ import annotations

from services.contracts.codec import decode, encode
from services.contracts.recovery import DeadLetter
from services.contracts.telemetry import Presence, Tick
from services.geofence.intake import MOST_VALUE_BYTES, take_in
from tests.support.records import Record

HEARD = Presence(radio_id="r-1", source="radios", received_at=1)
TICK = Tick(instance="ingest-1", at=1, reference_offset=0)


def letter_of(value: bytes | None) -> DeadLetter:
    message = decode("dead-letters", value)
    assert isinstance(message, DeadLetter)
    return message


def test_a_good_batch_passes_whole() -> None:
    records = [Record(5, encode(HEARD)), Record(7, encode(TICK)), Record(8, encode(HEARD))]
    intake = take_in(3, records)
    assert intake.records == records
    assert intake.messages == [HEARD, TICK, HEARD]
    assert intake.letters == []
    assert intake.kinds == {"radio": 2, "tick": 1}


def test_what_cannot_be_read_becomes_a_letter_and_costs_nobody_else() -> None:
    records = [
        Record(5, encode(HEARD)),
        Record(6, b"not JSON"),
        Record(7, None, key=None),
        Record(8, b'{"kind":"hologram"}'),
        Record(9, encode(TICK)),
    ]
    intake = take_in(3, records)
    assert [record.offset for record in intake.records] == [5, 9]
    assert intake.messages == [HEARD, TICK]
    assert intake.kinds == {"radio": 1, "tick": 1, "undecodable": 3}
    assert [(each.topic, each.key, each.partition) for each in intake.letters] == [
        ("dead-letters", b"r-1", 3),
        ("dead-letters", b"~", 3),
        ("dead-letters", b"r-1", 3),
    ]
    malformed, empty, unknown = (letter_of(each.value) for each in intake.letters)
    assert (malformed.topic, malformed.partition, malformed.offset) == ("telemetry", 3, 6)
    assert (malformed.key, malformed.value) == (b"r-1", b"not JSON")
    assert malformed.timestamp == records[1].timestamp
    assert "malformed" in malformed.reason
    assert empty.reason == "the record has no value"
    assert "hologram" in unknown.reason


def test_a_letter_always_fits_the_log() -> None:
    intake = take_in(0, [Record(5, b"x" * (MOST_VALUE_BYTES + 1))])
    letter = letter_of(intake.letters[0].value)
    assert letter.value is None
    assert f"value of {MOST_VALUE_BYTES + 1} bytes left out; see telemetry" in letter.reason
    assert letter_of(take_in(0, [Record(5, b"x" * MOST_VALUE_BYTES)]).letters[0].value).value
