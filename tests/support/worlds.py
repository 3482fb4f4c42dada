"""Made-up logs of a small town: everything the engine may meet, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from services.contracts.reference import Deleted, Duty, Radio, Reference, Source
from services.contracts.telemetry import Gps, Mark, Presence, Status, Telemetry, Tick
from services.geofence.emission import Output
from services.geofence.engine import Engine
from tests.support.square import Record, at, box, hotspot, place, stamp

RADIOS = ["r-1", "r-2", "r-3"]
SOURCES = ["airwave", "app"]
METRES = st.integers(-450, 450)
_SHORT_S = [0.0, 0.4, 1.0, 5.0, 20.0, 30.0, 30.0, 61.0, 61.0, 200.0]
_PASSES_S = st.sampled_from([*_SHORT_S, *_SHORT_S, 4_000.0, 90_000.0])


@dataclass
class World:
    """A log of telemetry and one of ``reference``, whose changes ticks in the first tell of."""

    reference: list[Reference] = field(default_factory=list)
    telemetry: list[Telemetry] = field(default_factory=list)
    now: float = 0.0

    @property
    def records(self) -> list[Record]:
        """The records of telemetry; offsets have gaps, as a log's have."""
        return [Record(2 * n + n // 7, stamp(message)) for n, message in enumerate(self.telemetry)]


@st.composite
def worlds(draw: DrawFn, least: int = 0, most: int = 80) -> World:
    """A world in which ``least`` to ``most`` things happen after some hot spots were drawn."""
    world = World()
    for _ in range(draw(st.integers(1, 3))):
        world.reference.append(draw(_hotspots(world.now)))
    for _ in range(draw(st.integers(least, most))):
        world.now += draw(_PASSES_S)
        draw(_HAPPENINGS)(draw, world)
    return world


def run(engine: Engine, world: World, start: int = 0, stop: int | None = None) -> list[Output]:
    """Step through some of a world's telemetry in one go, learning ``reference`` where asked."""
    records, outputs = world.records[start:stop], []
    messages = world.telemetry[start:stop]
    while True:
        step = engine.step(records, messages)
        outputs += step.outputs
        records, messages = records[step.taken :], messages[step.taken :]
        if step.reference_wanted is None:
            assert not records
            return outputs
        learn(engine, world, step.reference_wanted)


def learn(engine: Engine, world: World, until: int, start: int | None = None) -> None:
    """Teach an engine ``reference`` up to an offset, from where it is."""
    for offset in range(engine.reference_offset if start is None else start, until):
        engine.learn(offset, world.reference[offset])


def state(engine: Engine) -> list[bytes]:
    """Everything that an engine remembers."""
    own = [engine.body(), engine.outages()]
    return [*own, *(engine.snapshot(radio_id) for radio_id in sorted(engine.radios()))]


@st.composite
def _hotspots(draw: DrawFn, now: float) -> Reference:
    west, south = draw(METRES), draw(METRES)
    size = draw(st.integers(20, 300))
    return hotspot(
        draw(st.sampled_from(["hs-1", "hs-2", "hs-3"])),
        since=at(now + draw(st.sampled_from([-100_000, -300, -50, 0, 20, 60]))),
        geometry=box(west, south, west + size, south + size),
        catchment_m=float(draw(st.sampled_from([0, 30, 100]))),
    )


def _fix(draw: DrawFn, world: World) -> None:
    lon, lat = place(draw(METRES), draw(METRES))
    late_s = draw(st.sampled_from([0, 0, 0, 1, 40, 170, 400, -70]))
    world.telemetry.append(
        Gps(
            radio_id=draw(st.sampled_from(RADIOS)),
            source=draw(st.sampled_from(SOURCES)),
            lon=draw(st.sampled_from([lon, lon, lon, 0.0])),
            lat=lat if lon else 0.0,
            fix_time=at(world.now - late_s),
            received_at=at(world.now),
            accuracy_m=draw(st.sampled_from([None, 0.0, 5.0, 25.0, 90.0, 150.0])),
            hdop=draw(st.sampled_from([None, 1.2])),
            message_id=draw(st.sampled_from([None, "m-1", "m-2"])),
        )
    )


def _again(draw: DrawFn, world: World) -> None:
    fixes = [message for message in world.telemetry if isinstance(message, Gps)]
    if fixes:
        world.telemetry.append(draw(st.sampled_from(fixes)))


def _tick(_: DrawFn, world: World) -> None:
    _passes(world, heard=1)


def _passes(world: World, heard: int) -> None:
    """A tick that says when ``heard`` of the sources was heard last, and for how many radios."""
    number = len(world.telemetry)
    sources = SOURCES[number % 2 :][:heard]
    world.telemetry.append(
        Tick(
            instance="i",
            at=at(world.now),
            reference_offset=len(world.reference),
            sources=dict.fromkeys(sources, at(world.now - 1)),
            radios=dict.fromkeys(sources, number % 5),
        )
    )


def _quiet(draw: DrawFn, world: World) -> None:
    """Ticks and nothing else, until somebody may be missed."""
    heard = draw(st.integers(0, 1))
    for _ in range(draw(st.sampled_from([10, 25]))):
        world.now += 9.0
        _passes(world, heard)


def _presence(draw: DrawFn, world: World) -> None:
    radio_id = draw(st.sampled_from(RADIOS))
    world.telemetry.append(Presence(radio_id=radio_id, source="airwave", received_at=at(world.now)))


def _status(draw: DrawFn, world: World) -> None:
    world.telemetry.append(
        Status(
            radio_id=draw(st.sampled_from(RADIOS)),
            source=draw(st.sampled_from(["airwave", "airwave", "cad"])),
            status=draw(st.sampled_from(["on_patrol", "at_scene"])),
            at=at(world.now - draw(st.sampled_from([0, 10, 100, 600, 2_000, -30]))),
            received_at=at(world.now),
        )
    )


def _mark(draw: DrawFn, world: World) -> None:
    lon, lat = place(draw(METRES), draw(METRES))
    world.telemetry.append(
        Mark(
            radio_id="r-1",
            source="airwave",
            since=at(world.now - 60),
            until=at(world.now),
            lat=lat,
            lon=lon,
            radius_m=5.0,
            received_at=at(world.now),
        )
    )


def _boundary(draw: DrawFn, world: World) -> None:
    world.reference.append(draw(_hotspots(world.now)))


def _deletion(draw: DrawFn, world: World) -> None:
    world.reference.append(
        Deleted(
            type="hotspot",
            id=draw(st.sampled_from(["hs-1", "hs-2"])),
            effective_from=at(world.now + draw(st.sampled_from([-100, 0, 50]))),
            changed_by="a",
        )
    )


def _setting(draw: DrawFn, world: World) -> None:
    since = at(world.now + draw(st.sampled_from([-200, 0])))
    settings: list[Reference] = [
        Source(
            source="airwave",
            name="Airwave",
            effective_from=since,
            changed_by="a",
            unknown_after_s=50.0,
            usable_accuracy_m=60.0,
            default_accuracy_m=30.0,
        ),
        Radio(radio_id="r-1", effective_from=since, changed_by="a", expected_interval_s=100.0),
        Deleted(type="source", id="airwave", effective_from=since, changed_by="a"),
    ]
    world.reference.append(draw(st.sampled_from(settings)))


def _duty(draw: DrawFn, world: World) -> None:
    """One begun, or to come; of a radio that is heard, or of one that never is."""
    duty_id = draw(st.sampled_from(["d-1", "d-2"]))
    since = world.now + draw(st.sampled_from([-300, 0, 30, 300]))
    known: list[Reference] = [
        Duty(
            duty_id=duty_id,
            radio_id=draw(st.sampled_from([*RADIOS, *["r-4"] * 3])),
            since=at(since),
            until=at(since + draw(st.sampled_from([200, 1_000, 100_000]))),
            officer_ids=["P1"],
            effective_from=0,
            changed_by="a",
        ),
        Deleted(type="duty", id=duty_id, effective_from=at(world.now), changed_by="a"),
    ]
    world.reference.append(draw(st.sampled_from(known)))


_HAPPENINGS = st.sampled_from(
    [
        *[_fix] * 8,
        *[_tick] * 4,
        *[_quiet] * 2,
        _again,
        _presence,
        *[_status] * 2,
        _mark,
        _boundary,
        _deletion,
        _setting,
        *[_duty] * 2,
    ]
)
