"""What a dead letter is about, and the record that replays it."""

from __future__ import annotations

import msgspec
import pytest

from services.cli.letter_list import Newest, Row, printable
from services.cli.letters import Letter, NotReplayed, Place, mark, marked, place_of, replayed
from services.contracts.codec import decode, encode
from services.contracts.people import Audit
from services.contracts.recovery import DeadLetter
from services.contracts.telemetry import Presence, Tick
from services.eventlog.limits import LARGEST_BYTES

HERE = Place(3, 17)
HEARD = encode(Presence(radio_id="r-1", source="radios", received_at=1))


def letter(place: Place = HERE, at: int = 1_780_000_000_000, **given: object) -> Letter:
    """A letter for a presence that another release could not read, but for ``given``."""
    quoted = DeadLetter(
        topic="telemetry",
        partition=3,
        offset=48,
        timestamp=1,
        reason="unknown kind",
        key=b"r-1",
        value=HEARD,
    )
    return Letter(place, at, msgspec.structs.replace(quoted, **given))


def test_an_original_goes_to_its_own_partition_as_it_was() -> None:
    odd = HEARD[:-1] + b',"later":1}'
    record = replayed(letter(value=odd), odd)
    assert record == ("telemetry", b"r-1", odd, 3)
    assert replayed(letter(key=None), HEARD).key == b""
    assert replayed(letter(key=b"\xff"), HEARD).key == b"\xff"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (b'{"kind":"hologram"}', "cannot read it either: Invalid value 'hologram'"),
        (None, "cannot read it either: the record has no value"),
        (HEARD.replace(b"r-1", b"~checkpoint"), "cannot read it either: .* reserved"),
    ],
)
def test_what_this_release_cannot_read_either_stays_where_it_is(
    value: bytes | None, why: str
) -> None:
    with pytest.raises(NotReplayed, match=why):
        replayed(letter(value=value), value)


def test_reference_is_put_again_by_whoever_put_it() -> None:
    with pytest.raises(NotReplayed, match="reference is not replayed; PUT hotspot/x again"):
        replayed(letter(topic="reference", key=b"hotspot/x"), HEARD)


def test_of_an_original_too_large_to_append_goes_what_is_read_of_it() -> None:
    huge = HEARD[:-1] + b',"photo":"' + b"x" * LARGEST_BYTES + b'"}'
    record = replayed(letter(key=None, value=None, left_out=len(huge)), huge)
    assert record == ("telemetry", b"r-1", HEARD, 3)
    tick = Tick(instance="i-1", at=1, reference_offset=0)
    assert replayed(letter(value=None, left_out=1), encode(tick)).key == b"i-1"
    tick = Tick(
        instance="i", at=1, reference_offset=0, sources={f"{n:064}": 1 for n in range(20_000)}
    )
    with pytest.raises(NotReplayed, match="more than the 1,048,576 bytes"):
        replayed(letter(value=None, left_out=1), encode(tick))


def test_a_mark_says_which_letter_by_whom_and_when() -> None:
    record = mark(Place(3, 17), "wpc-1", 5)
    assert (record.topic, record.key) == ("audit", b"wpc-1")
    audit = decode("audit", record.value)
    assert audit == Audit(who="wpc-1", action="replay", what="dead-letters/3:17", at=5)
    assert marked(audit) == (3, 17)


@pytest.mark.parametrize(
    ("action", "what"),
    [("read", "dead-letters/3:17"), ("replay", "track/3:17"), ("replay", "dead-letters/x")],
)
def test_another_audit_is_no_mark(action: str, what: str) -> None:
    assert marked(Audit(who="w", action=action, what=what, at=5)) is None


@pytest.mark.parametrize(
    "text", ["", "3", "3:", ":3", "-1:2", "3:17 ", "a:b", "3:1:7", "\u0663:\u0661"]
)
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(ValueError, match="give one such as 3:17"):
        place_of(text)


def test_an_id_is_read_as_it_is_shown() -> None:
    assert place_of(str(Place(3, 17))) == (3, 17)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (HEARD, "radio"),
        (b'{"kind":"hologram"}', "hologram"),
        (b'{"kind":5}', None),
        (b"{" * 100_000, None),
        (b'{"x":' * 100_000, None),
        (b'{"kind":"\xff"}', None),
        (None, None),
    ],
)
def test_the_kind_is_told_where_it_can_be(value: bytes | None, kind: str | None) -> None:
    assert letter(value=value).kind == kind


def test_the_list_has_the_newest_the_newest_last() -> None:
    newest = Newest(3)
    for partition, at in [(1, 40), (0, 10), (2, 30), (0, 50), (3, 20)]:
        newest.see(letter(Place(partition, at), at))
    assert newest.seen == 5
    assert [row.at for row in newest.rows()] == [30, 40, 50]


def test_a_row_keeps_no_bytes_and_commands_no_terminal() -> None:
    row = Row.of(letter(key=b"\x1b[2J\xff" + b"k" * 200, value=b'{"kind":"\\u001b[2J"}'))
    assert row.key == ("\\x1b[2J\\xff" + "k" * 200)[:64]
    assert row.kind == "\\x1b[2J"
    assert row.size == len(b'{"kind":"\\u001b[2J"}')
    assert row.origin == "telemetry 3:48"
    assert Row.of(letter(key=None, value=None, left_out=5_000_000)).size == 5_000_000
    assert printable("a\nb\u202e") == "a\\nb\\u202e"
