"""Whatever lies on ``telemetry``: each record is stepped or becomes a letter; nobody else pays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from services.contracts.codec import Undecodable, decode, encode
from services.contracts.recovery import CHECKPOINT_KEY, DeadLetter
from services.contracts.reference import Reference
from services.contracts.register import Register
from services.contracts.telemetry import (
    EARLIEST_SAID_MS,
    LATEST_MS,
    Gps,
    Mark,
    Presence,
    Sighting,
    Status,
    Telemetry,
    Tick,
)
from services.contracts.topics import DEAD_LETTERS, TELEMETRY
from services.eventlog.limits import LARGEST_BYTES
from services.geofence.emission import Output
from services.geofence.engine import Engine
from services.geofence.intake import Intake, take_in
from services.ingest import intake as ingest
from services.ingest.bodies import Form
from services.ingest.statuses import statuses
from services.ingest.vocabulary import OFFICER_STATUSES
from tests.support import records
from tests.support.pings import NOW, any_json, any_ping, posted
from tests.support.square import anyone, at, hotspot, place
from tests.support.worlds import World, worlds

LON, LAT = place(0, 0)
REAL: list[Telemetry] = [
    Gps(
        radio_id="p-1",
        source="airwave",
        lat=LAT,
        lon=LON,
        fix_time=at(0),
        received_at=at(1),
        accuracy_m=8.0,
        hdop=1.1,
        satellites=9,
        speed_mps=1.3,
        heading_deg=270.0,
        battery_pct=71.0,
        reason="interval",
        cell_id="c-1",
        sent_at=at(0),
        message_id="m-1",
    ),
    Presence(radio_id="p-1", source="airwave", received_at=at(1)),
    Status(radio_id="p-1", source="airwave", status="on_patrol", at=at(0), received_at=at(1)),
    Sighting(source="cctv", at=at(0), lat=LAT, lon=LON, radius_m=5.0, received_at=at(1)),
    Mark(
        radio_id="p-1",
        source="local",
        since=at(0),
        until=at(60),
        lat=LAT,
        lon=LON,
        radius_m=5.0,
        received_at=at(61),
    ),
]
TICK = Tick(instance="i", at=at(0), reference_offset=0, sources={"airwave": at(0)})
EXTREMES: list[object] = [
    *(0, -1, 1, LATEST_MS, LATEST_MS + 1, EARLIEST_SAID_MS, 2**63, -(2**63) - 1, 10**400),
    *(0.0, -0.0, 5e-324, 90.0, -90.0, 90.1, 180.0, -180.0, 360.0, 1e5, 1e308, -1e-9),
    *("", "~", "\x00", "p" * 64, "p" * 65, "é" * 200, "e" * 201, "e" * 10**6, CHECKPOINT_KEY),
    *(None, True, [], {}, {"kind": "gps"}, {"s" * 65: 0}, {"s": -1}),
]
NAMES = sorted({name for message in [*REAL, TICK] for name in message.__struct_fields__} | {"kind"})
KEYS = st.none() | st.binary(max_size=300)


def twisted(real: Sequence[Telemetry]) -> SearchStrategy[bytes]:
    """Real messages in which up to three fields hold something else, or are gone."""

    @st.composite
    def draw_one(draw: DrawFn) -> bytes:
        fields: dict[str, Any] = msgspec.to_builtins(draw(st.sampled_from(real)))
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)):
            fields[name] = draw(st.sampled_from(EXTREMES) | any_json())
        for name in draw(st.lists(st.sampled_from(sorted(fields)), max_size=1)):
            del fields[name]
        return json.dumps(fields).encode()

    return draw_one()


@st.composite
def cut(draw: DrawFn) -> bytes:
    """A real message that was cut off, or in which one byte is another."""
    value = encode(draw(st.sampled_from(REAL)))
    place = draw(st.integers(0, len(value) - 1))
    return draw(st.sampled_from([value[:place], value[:place] + b"\xff" + value[place + 1 :]]))


NO_TICK = (
    twisted(REAL)
    | cut()
    | st.binary(max_size=60)
    | any_json().map(lambda x: json.dumps(x).encode())
)
ANYTHING = NO_TICK | twisted([TICK]) | st.none()


def records_of(
    values: Sequence[bytes | None], keys: Sequence[bytes | None]
) -> list[records.Record]:
    return [
        records.Record(2 * number, value, key, at(number))
        for number, (value, key) in enumerate(zip(values, keys, strict=True))
    ]


def told_of(intake: Intake) -> list[DeadLetter]:
    found = [decode(DEAD_LETTERS.name, each.value) for each in intake.letters]
    return [each for each in found if isinstance(each, DeadLetter)]


def step(engine: Engine, intake: Intake, reference: Sequence[Reference] = ()) -> list[Output]:
    """Step through all of it, learning what ticks ask for, as far as it is there.

    A tick that asks for more is for the task to judge, which knows where ``reference`` ends.
    """
    outputs: list[Output] = []
    taken = 0
    while True:
        done = engine.step(intake.records[taken:], intake.messages[taken:])
        outputs += done.outputs
        taken += done.taken
        if done.reference_wanted is None:
            return outputs
        for offset in range(engine.reference_offset, min(done.reference_wanted, len(reference))):
            engine.learn(offset, reference[offset])
        engine.reference_offset = done.reference_wanted


@given(st.lists(posted() | any_ping(), max_size=4))
def test_whatever_ingest_takes_can_be_decoded(items: list[dict[str, Any]]) -> None:
    taken = ingest.take(json.dumps(items).encode(), Form.JSON, "s" * 64, NOW)
    for message in taken.messages:
        assert decode(TELEMETRY.name, encode(message)) == message


STATUSES = st.fixed_dictionaries(
    {"radio_id": st.just("R1"), "status": st.sampled_from(OFFICER_STATUSES)},
    optional={"at": st.integers(0, LATEST_MS)},
)


@given(st.lists(STATUSES, max_size=4))
def test_whatever_status_ingest_takes_can_be_decoded(items: list[dict[str, Any]]) -> None:
    body = json.dumps(items).encode()
    taken = ingest.take(body, Form.JSON, "s" * 64, NOW, statuses(Register()))
    for message in taken.messages:
        assert decode(TELEMETRY.name, encode(message)) == message


@given(st.lists(st.tuples(ANYTHING, KEYS), max_size=8))
def test_each_record_is_stepped_or_becomes_a_letter(
    placed: list[tuple[bytes | None, bytes | None]],
) -> None:
    lying = records_of([value for value, _ in placed], [key for _, key in placed])
    intake = take_in(0, lying)
    letters = told_of(intake)
    assert len(letters) == len(intake.letters)
    assert sorted([each.offset for each in intake.records] + [each.offset for each in letters]) == [
        each.offset for each in lying
    ]
    by_offset = {each.offset: each for each in lying}
    for letter in letters:
        original = by_offset[letter.offset]
        size = len(original.key or b"") + len(original.value or b"")
        if size > LARGEST_BYTES:
            assert (letter.left_out, letter.value) == (size, None)
        else:
            assert (letter.key, letter.value) == (original.key, original.value)
        assert letter.reason
    assert not any(isinstance(message, Undecodable) for message in intake.messages)


@given(st.lists(ANYTHING, max_size=8))
def test_nothing_stops_the_engine_and_all_it_says_fits_the_log(
    values: list[bytes | None],
) -> None:
    assert_goes_on(values)


@pytest.mark.parametrize("real", [*REAL, TICK], ids=lambda real: type(real).__name__)
def test_no_extreme_in_any_field_stops_the_engine(real: Telemetry) -> None:
    fields = msgspec.to_builtins(real)
    for name in NAMES:
        for extreme in EXTREMES:
            twisted = json.dumps(fields | {name: extreme}).encode()
            assert_goes_on([encode(REAL[0]), twisted, encode(REAL[0]), twisted])


def assert_goes_on(values: Sequence[bytes | None]) -> None:
    """The engine steps through it, and what it says and keeps can be written and read again."""
    engine = Engine(0, anyone)
    engine.learn(0, hotspot())
    intake = take_in(0, records_of(values, [b"p-1"] * len(values)))
    minute = records.Record(1_000, encode(TICK), b"i", at(10_000))
    outputs = step(engine, intake) + step(engine, take_in(0, [minute]))
    snapshots = {radio_id: engine.snapshot(radio_id) for radio_id in list(engine.changed())}
    assert CHECKPOINT_KEY not in snapshots
    restored = Engine.restore(0, anyone, engine.body())
    for radio_id, body in snapshots.items():
        restored.put(radio_id, 1_001, body)
        assert restored.snapshot(radio_id) == body
    said = [encode(output.message) + output.key.encode() for output in outputs]
    assert max(map(len, [*said, *snapshots.values()]), default=0) < LARGEST_BYTES // 10


@settings(max_examples=50)
@given(
    worlds(least=5, most=20), st.dictionaries(st.integers(0, 19), NO_TICK, min_size=1, max_size=6)
)
def test_nobody_else_pays(world: World, intruders: dict[int, bytes]) -> None:
    lying = [
        records.Record(each.offset, encode(message), b"r", each.timestamp)
        for each, message in zip(world.records, world.telemetry, strict=True)
    ]
    among = [
        records.Record(lying[number].offset + 1, value, b"p-1", lying[number].timestamp)
        for number, value in intruders.items()
        if number < len(lying)
    ]
    alone, beset = Engine(0, anyone), Engine(0, anyone)
    figures = step(alone, take_in(0, lying), world.reference)
    crowd = sorted([*lying, *among], key=lambda record: record.offset)
    said = step(beset, take_in(0, crowd), world.reference)
    radios = {output.key for output in figures}
    assert [output for output in said if output.key in radios] == figures
