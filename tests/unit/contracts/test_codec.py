"""A batch decodes as its records would one by one, whatever some of them hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.codec import Undecodable, decode, decode_all, encode
from services.contracts.telemetry import Presence, Tick

PRESENCE = encode(Presence(radio_id="r1", source="s", received_at=1))
TICK = encode(Tick(instance="i", at=1, reference_offset=0))

POISON = {
    "nothing": b"",
    "no value": None,
    "not json": b"not json",
    "two messages": PRESENCE + b"\n" + TICK,
    "two messages on a line": PRESENCE + b" " + TICK,
    "half a message": b'{"kind":"radio",',
    "the other half": b'"radio_id":"r","source":"s","received_at":1}',
    "unknown kind": b'{"kind":"drone"}',
    "wrong type": b'{"kind":"tick","instance":"i","at":"noon","reference_offset":0}',
    "missing field": b'{"kind":"tick"}',
    "not utf-8": b'{"kind":"radio","radio_id":"\xff","source":"s","received_at":1}',
}


def test_a_clean_batch_decodes_to_its_messages() -> None:
    assert decode_all("telemetry", [PRESENCE, TICK]) == [
        Presence(radio_id="r1", source="s", received_at=1),
        Tick(instance="i", at=1, reference_offset=0),
    ]


def test_an_empty_batch_is_no_messages() -> None:
    assert decode_all("telemetry", []) == []


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
def test_a_bad_record_costs_nobody_else(poison: bytes | None) -> None:
    first, bad, last = decode_all("telemetry", [PRESENCE, poison, TICK])
    assert isinstance(first, Presence)
    assert isinstance(bad, Undecodable)
    assert bad.reason
    assert isinstance(last, Tick)


@given(st.lists(st.sampled_from([PRESENCE, TICK, *POISON.values()]), max_size=6))
def test_a_batch_decodes_as_its_records_would_alone(values: list[bytes | None]) -> None:
    assert decode_all("telemetry", values) == [decode("telemetry", value) for value in values]
