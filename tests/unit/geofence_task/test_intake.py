"""What becomes of a batch: messages to step through, letters for what is none."""

from __future__ import annotations

import msgspec
import pytest

from services.contracts.codec import decode, encode
from services.contracts.recovery import CHECKPOINT_KEY, DeadLetter
from services.contracts.telemetry import Gps, Presence, Tick
from services.contracts.topics import DEAD_LETTERS
from services.eventlog.limits import LARGEST_BYTES, largest
from services.eventlog.port import NewRecord
from services.geofence.intake import LONGEST_KEY_BYTES, LONGEST_REASON, take_in
from tests.support.records import Record

HEARD = Presence(radio_id="r-1", source="radios", received_at=1)
TICK = Tick(instance="ingest-1", at=1, reference_offset=0)
FIX = Gps(radio_id="r-1", source="radios", lat=53.5, lon=-2.2, fix_time=1, received_at=1)


def letter_of(record: NewRecord) -> DeadLetter:
    message = decode("dead-letters", record.value)
    assert isinstance(message, DeadLetter)
    return message


def only_letter(record: Record) -> NewRecord:
    """The letter for a record that cannot be processed, which the log must take."""
    intake = take_in(0, [record])
    assert not intake.messages
    [letter] = intake.letters
    assert len(letter.key) + len(letter.value or b"") <= largest(DEAD_LETTERS)
    return letter


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
    malformed, empty, unknown = map(letter_of, intake.letters)
    assert (malformed.topic, malformed.partition, malformed.offset) == ("telemetry", 3, 6)
    assert (malformed.key, malformed.value) == (b"r-1", b"not JSON")
    assert malformed.timestamp == records[1].timestamp
    assert "malformed" in malformed.reason
    assert empty.reason == "the record has no value"
    assert "hologram" in unknown.reason


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lat", 1e9),
        ("lat", -90.0000001),
        ("lon", 180.5),
        ("fix_time", -1),
        ("fix_time", 253_402_300_800_000),
        ("received_at", 10**30),
        ("accuracy_m", -0.1),
        ("accuracy_m", 1e300),
        ("hdop", -1.0),
        ("speed_mps", -0.1),
        ("heading_deg", 361.0),
        ("battery_pct", 101.0),
        ("satellites", -3),
        ("sent_at", 10**18),
        ("radio_id", ""),
        ("radio_id", "r" * 65),
        ("source", "s" * 65),
        ("message_id", "m" * 201),
        ("reason", "why" * 100),
    ],
)
def test_nonsense_is_a_letter_that_names_the_field(field: str, value: object) -> None:
    nonsense = msgspec.json.encode(msgspec.to_builtins(FIX) | {field: value})
    letter = letter_of(only_letter(Record(5, nonsense)))
    assert f"at `$.{field}`" in letter.reason
    assert letter.value == nonsense


def test_nonsense_in_a_tick_is_a_letter_too() -> None:
    tick = msgspec.to_builtins(TICK)
    for field, value in {"reference_offset": -1, "at": -1, "sources": {"s": -1}}.items():
        nonsense = msgspec.json.encode(tick | {field: value})
        assert f"`$.{field}" in letter_of(only_letter(Record(5, nonsense))).reason


def test_nobody_is_called_as_the_checkpoint_is() -> None:
    taken = msgspec.structs.replace(HEARD, radio_id=CHECKPOINT_KEY)
    intake = take_in(0, [Record(5, encode(HEARD)), Record(6, encode(taken)), Record(7, b"{}")])
    assert intake.messages == [HEARD]
    reserved, empty = map(letter_of, intake.letters)
    assert reserved.reason == "the radio_id ~checkpoint is reserved - at `$.radio_id`"
    assert "kind" in empty.reason


@pytest.mark.parametrize(
    "value",
    [b"x" * (LARGEST_BYTES - 3), b'"' * (LARGEST_BYTES - 3)],
    ids=["plain", "of what JSON escapes"],
)
def test_what_stepsix_itself_appends_is_quoted_whole(value: bytes) -> None:
    letter = letter_of(only_letter(Record(5, value)))
    assert (letter.key, letter.value, letter.left_out) == (b"r-1", value, 0)


def test_what_is_larger_is_left_out_and_the_letter_says_where_it_lies() -> None:
    letter = letter_of(only_letter(Record(5, b"x" * (LARGEST_BYTES - 2))))
    assert (letter.key, letter.value, letter.left_out) == (b"r-1", None, LARGEST_BYTES + 1)
    assert (letter.topic, letter.partition, letter.offset) == ("telemetry", 0, 5)
    where = "(its 1,048,577 bytes are left out here; see telemetry 0:5)"
    assert letter.reason.endswith(where)
    assert "malformed" in letter.reason


@pytest.mark.parametrize(
    ("key", "letters_key", "quoted"),
    [
        (None, b"~", None),
        (b"", b"~", b""),
        (b"\xff\x00", b"\xff\x00", b"\xff\x00"),
        (b"k" * LONGEST_KEY_BYTES, b"k" * LONGEST_KEY_BYTES, b"k" * LONGEST_KEY_BYTES),
        (b"k" * (LONGEST_KEY_BYTES + 1), b"~", b"k" * (LONGEST_KEY_BYTES + 1)),
        (b"k" * (LARGEST_BYTES - 2), b"~", b"k" * (LARGEST_BYTES - 2)),
        (b"k" * (4 * LARGEST_BYTES), b"~", None),
    ],
    ids=["none", "empty", "not UTF-8", "long", "longer", "huge", "larger than a record"],
)
def test_any_key_will_do(key: bytes | None, letters_key: bytes, quoted: bytes | None) -> None:
    letter = only_letter(Record(5, b"{}", key=key))
    assert letter.key == letters_key
    assert letter_of(letter).key == quoted


def test_a_reason_that_quotes_a_whole_record_is_cut() -> None:
    letter = letter_of(only_letter(Record(5, b'{"kind":"' + b"x" * (LARGEST_BYTES - 20) + b'"}')))
    assert letter.reason.startswith("Invalid value 'xxx")
    assert len(letter.reason) == LONGEST_REASON + len("...")


@pytest.mark.parametrize("value", [b'{"kind":' + b"[" * 200_000, b'{"kind":"tick","x":' * 5_000])
def test_what_is_nested_too_deeply_is_a_letter(value: bytes) -> None:
    assert letter_of(only_letter(Record(5, value))).reason
