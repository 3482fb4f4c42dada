"""However what is told of silence comes in, and whenever one looks, the same is shown."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.contracts.derived import Position, Signal
from services.metrics.episodes import Episode, Key
from services.metrics.signals import Signals
from services.metrics.units import Units
from services.metrics.whereabouts import Town
from tests.support.derived import NOON, a_position, a_signal, an_outage

SECOND_MS = 1000
INTERVAL_MS = 60_000
LOST_AFTER_MS = 3 * INTERVAL_MS
LASTS_MS = 40 * INTERVAL_MS
STEP_MS = 5_000
Told = tuple[int, Signal]


@st.composite
def outages(draw: st.DrawFn) -> list[Told]:
    """What three partitions say of a silent source and of a blind one, each word only once."""
    told = []
    for partition in range(3):
        for number in draw(st.lists(st.integers(0, 3), unique=True)):
            blind = draw(st.booleans())
            # The id of a blind source holds the minute in which a partition saw it.
            began = NOON + number * INTERVAL_MS + draw(st.integers(0, 59)) * SECOND_MS
            made = an_outage(f"{'b' if blind else 'o'}-{number}", declared_at=began)
            if blind:
                made = replace(made, type="no_position", reason="ahead")
            told.append((partition, made))
            if draw(st.booleans()):
                ended_at = began + draw(st.integers(1, 9)) * INTERVAL_MS
                told.append((partition, replace(made, revision=2, ended_at=ended_at)))
    return told


def shown(signals: Signals) -> list[Episode]:
    return list(signals.episodes.since(Key(0, "")))


def folded(told: Sequence[Told]) -> list[Episode]:
    signals = Signals()
    for partition, signal in told:
        signals.apply(partition, signal)
    return shown(signals)


@given(outages(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_no_outage(told: list[Told], chance: random.Random) -> None:
    shuffled = [*told, *chance.choices(told, k=len(told))] if told else []
    chance.shuffle(shuffled)
    assert folded(shuffled) == folded(told)


@st.composite
def towns(draw: st.DrawFn) -> list[tuple[int, Position | Signal]]:
    """Radios on two masts, many of them silent for a while, as it is told in order of time."""
    told: list[tuple[int, Position | Signal]] = []
    for number in range(draw(st.integers(3, 9))):
        name, cell_id = f"T-{number}", draw(st.sampled_from(["m-1", "m-1", "m-1", "m-2"]))
        first = draw(st.integers(0, 59)) * SECOND_MS
        silent_from = draw(st.sampled_from([0, 8, 8, 8, 8, 12])) * INTERVAL_MS
        silent_to = silent_from + draw(st.integers(5, 20)) * INTERVAL_MS if silent_from else 0
        last = None
        for at in range(NOON + first, NOON + LASTS_MS, INTERVAL_MS):
            if silent_from <= at - NOON < silent_to:
                continue
            if last is not None and at - last > INTERVAL_MS:
                told += losses(name, cell_id, last, at)
            told.append((at, a_position(name, heard_at=at, revision=at, cell_id=cell_id)))
            last = at
    return sorted(told, key=lambda each: each[0])


def losses(name: str, cell_id: str, last: int, back: int) -> list[tuple[int, Signal]]:
    lost = a_signal(f"e-{name}", name, heard_at=last, cell_id=cell_id)
    lost = replace(lost, declared_at=last + LOST_AFTER_MS)
    return [(lost.declared_at, lost), (back, replace(lost, revision=2, ended_at=back))]


class Desk:
    """What is known of signals and units, and looks at it."""

    def __init__(self) -> None:
        self.signals = Signals()
        self._units = Units()

    def take(self, message: Position | Signal) -> None:
        if isinstance(message, Signal):
            self.signals.apply(0, message)
        else:
            self._units.apply(0, message)

    def look(self, time: int) -> None:
        town = Town(self._units, {0: time}, lambda *_: 60.0, self.signals.is_excused)
        self.signals.review(time, town)


def as_seen(desk: Desk) -> tuple[list[Signal], list[tuple[str, ...]]]:
    """All but how often an area was told."""
    return [replace(each.signal, revision=0) for each in shown(desk.signals)], [
        each.radios for each in shown(desk.signals)
    ]


@given(towns())
def test_a_restart_shows_what_a_process_that_goes_on_does(
    told: list[tuple[int, Position | Signal]],
) -> None:
    running, waiting = Desk(), list(told)
    for time in range(NOON, NOON + LASTS_MS + LOST_AFTER_MS, STEP_MS):
        while waiting and waiting[0][0] <= time:
            running.take(waiting.pop(0)[1])
        running.look(time)
    started = Desk()
    for _, message in told:
        started.take(message)
    started.look(NOON + LASTS_MS + LOST_AFTER_MS)
    assert as_seen(started) == as_seen(running)
