"""From a batch on which the engine failed to the one record, and to its letter."""

from __future__ import annotations

from collections import Counter

import pytest

from services.contracts.codec import decode, encode
from services.contracts.recovery import DeadLetter
from services.contracts.telemetry import Presence
from services.contracts.topics import DEAD_LETTERS
from services.geofence.doubts import Doubts, Stumbled
from services.geofence.intake import Intake, take_in
from tests.support.records import Record

HEARD = Presence(radio_id="r-1", source="s", received_at=0)
RECORDS = [Record(offset, encode(HEARD)) for offset in (3, 4, 7, 8)]


def test_words() -> None:
    one, several = Stumbled(4, 4, ValueError("no")), Stumbled(3, 8, KeyError("lat"))
    assert str(one) == "the engine failed on record 4: ValueError('no')"
    assert str(several) == "the engine failed on one of the records 3 to 8: KeyError('lat')"


@pytest.mark.parametrize(
    ("first", "last", "about"),
    [(3, 8, True), (8, 20, True), (1, 3, True), (5, 6, True), (1, 2, False), (9, 12, False)],
)
def test_records_near_a_failure_are_stepped_singly(first: int, last: int, *, about: bool) -> None:
    doubts = Doubts()
    assert not doubts.about(RECORDS)
    doubts.learn(Stumbled(first, last, ValueError()))
    assert doubts.about(RECORDS) == about
    assert not doubts.about([])


def test_what_is_refused_is_a_letter_and_everything_else_is_as_it_was() -> None:
    intake = take_in(2, RECORDS)
    doubts = Doubts()
    assert doubts.sift(2, intake) is intake
    doubts.learn(Stumbled(7, 7, ValueError("no")))
    assert doubts.sift(2, take_in(2, RECORDS[:2])).letters == []
    sifted = doubts.sift(2, intake)
    assert [record.offset for record in sifted.records] == [3, 4, 8]
    assert list(sifted.messages) == [HEARD] * 3
    assert sifted.kinds == Counter(radio=4)
    [new] = sifted.letters
    letter = decode(DEAD_LETTERS.name, new.value)
    assert isinstance(letter, DeadLetter)
    assert (letter.partition, letter.offset, letter.value) == (2, 7, encode(HEARD))
    assert letter.reason == "the engine cannot take it: ValueError('no')"
    assert new.partition == 2


def test_letters_of_what_could_not_be_read_stay() -> None:
    records = [Record(3, b"{}"), *RECORDS[1:]]
    doubts = Doubts(refused={8: "why"})
    sifted: Intake = doubts.sift(0, take_in(0, records))
    offsets = [decode(DEAD_LETTERS.name, letter.value).offset for letter in sifted.letters]  # type: ignore[union-attr]
    assert offsets == [3, 8]
