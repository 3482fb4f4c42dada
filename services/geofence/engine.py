"""The engine of one partition: records in, outputs out. No I/O, no clock, no logging.

Its time is the highest timestamp seen in the log, and all it reacts to is in its partition's log,
so stepping the same log again gives the same outputs, record for record. A step goes:

1. Take the records before the first tick that names more of ``reference`` than is known.
2. Survey their fixes, all at once (survey.py).
3. Step record by record: a fix takes its unit on (taking.py), a late one takes it back first
   (rewind.py), and a tick tells (emission.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from services.contracts.derived import Signal
from services.contracts.reference import Reference
from services.contracts.telemetry import Gps, Presence, Status, Telemetry, Tick
from services.eventlog.port import LogRecord
from services.geofence import emission, snapshots
from services.geofence.emission import MINUTE_MS, SECOND_MS, Beat, Output
from services.geofence.evidence import Evidence
from services.geofence.judging import hear_status, judge_anew, take_back
from services.geofence.limits import Limits
from services.geofence.minute import Moment, grown_timesheets, grown_visits
from services.geofence.screening import NO_POSITION, Reason
from services.geofence.silence.awaiting import Owns
from services.geofence.silence.episode import Now
from services.geofence.silence.listening import Listening
from services.geofence.silence.outages import Outages
from services.geofence.survey import Edit, Survey, Surveyor
from services.geofence.taking import MILESTONES, forget, go_on, pass_by
from services.geofence.tracks import Books
from services.geofence.trail import KEPT_MS
from services.geofence.unit import Stay, Unit

FORMAT = 5
"""Of both snapshots: changed with what they hold."""
MINUTES_ASIDE = 120
"""In so many minutes the fixes never taken are counted apart: more than a sheet and a rewind."""


class Step(NamedTuple):
    """What a step gave: outputs in input order, and how many of the records were taken.

    ``reference_wanted`` is set when a tick names a newer end of ``reference``: learn every
    record up to exactly there, then step on with the records not taken; that tick is the first.
    """

    outputs: list[Output]
    taken: int
    reference_wanted: int | None


class _Own(msgspec.Struct):
    """The engine's own state: what is not a unit's."""

    time: int
    reference_offset: int
    second: Beat
    minute: Beat


class Engine:
    """One partition's units, stepped through its log; ``owns`` says whose keys lead to it.

    ``time`` is the engine's time, ``reference_offset`` the end of what it has learned.
    ``set_aside`` counts the fixes it did not use, by reason, and ``forgotten`` has the radios whose
    snapshots are to be deleted, both since they were last taken.
    """

    def __init__(self, partition: int, owns: Owns) -> None:
        self.partition = partition
        self.time = 0
        self.reference_offset = 0
        self.set_aside: Counter[str] = Counter()
        self.forgotten: list[str] = []
        self._second = Beat(SECOND_MS)
        self._minute = Beat(MINUTE_MS)
        self._surveyor = Surveyor()
        self._listening = Listening(self._surveyor, owns)
        self._books = Books(self._second)
        self._edits: list[Edit] = []

    def step(self, records: Sequence[LogRecord], messages: Sequence[Telemetry]) -> Step:
        """Step through records and their messages, as many of the one as of the other."""
        taken, wanted = self._up_to_reference(messages)
        batch = self._books.not_seen(records[:taken], messages[:taken])
        survey = self._surveyor.survey(batch)
        outputs: list[Output] = []
        for index, (record, message) in enumerate(zip(records, batch, strict=False)):
            self.time = max(self.time, record.timestamp)
            if type(message) is Gps:
                outputs += self._fix(message, record.offset, survey, index)
            elif type(message) is Tick:
                outputs += self._tick(message, record.offset)
            elif type(message) is Presence:
                self._books.heard(message, record.offset, self.time)
            elif type(message) is Status:
                unit = self._books.spoken_of(message, record.offset, self.time)
                outputs += hear_status(unit, message, record.offset)
        return Step(outputs, taken, wanted)

    def learn(self, offset: int, message: Reference) -> None:
        """Take in the record of ``reference`` at ``offset``."""
        edit = self._surveyor.learn(offset, message)
        if edit is not None and offset >= self.reference_offset:
            self._edits.append(edit)
        self.reference_offset = max(self.reference_offset, offset + 1)

    def body(self) -> bytes:
        """The engine's own state, for ``restore``."""
        own = _Own(self.time, self.reference_offset, self._second, self._minute)
        return msgspec.json.encode(own)

    def outages(self) -> bytes:
        """What it knows of outages, for ``listen``."""
        return msgspec.json.encode(self._listening.outages)

    def changed(self) -> Collection[str]:
        """The units changed since each was last written to a snapshot."""
        return self._books.changed()

    def snapshot(self, radio_id: str) -> bytes:
        """A unit's state, for ``put``; it counts as unchanged from now on."""
        return self._books.snapshot(radio_id)

    @classmethod
    def restore(cls, partition: int, owns: Owns, body: bytes) -> Engine:
        """An engine with its own state as it was.

        Then ``learn`` ``reference`` up to its ``reference_offset``, ``put`` the units, step it up
        to where the outages are of, and let it ``listen``.
        """
        engine = cls(partition, owns)
        own = msgspec.json.decode(body, type=_Own)
        engine.time = own.time
        engine.reference_offset = own.reference_offset
        engine._listening.deaf = True
        engine._second, engine._minute = own.second, own.minute
        engine._books = Books(own.second)
        return engine

    def radios(self) -> set[str]:
        """The units it knows."""
        return set(self._books.tracks)

    def open_visits(self) -> set[str]:
        """The visits that go on."""
        return self._books.open_visits()

    def tell_again(self, offset: int) -> None:
        """Have all that is under way told at the next tick of a minute, as if changed there."""
        self._books.tell_again(offset)

    def put(self, radio_id: str, seen: int, body: bytes) -> None:
        """Put a unit back as it was when every record below ``seen`` had been taken."""
        self._books.put(radio_id, seen, snapshots.decode(body))

    def listen(self, outages: bytes) -> None:
        """Go on listening, with what was known of outages at this very offset."""
        self._listening.begin(msgspec.json.decode(outages, type=Outages), self._books.tracks)

    def open_signals(self, revision: int) -> list[Signal]:
        """The episodes of silence that go on."""
        return self._listening.open_signals(self._books.tracks, revision)

    def take_pressing(self) -> list[str]:
        """The units to be written at once: their episode has changed since this was last asked."""
        pressing = sorted(self._listening.watch.pressing)
        self._listening.watch.pressing.clear()
        return pressing

    def _up_to_reference(self, messages: Sequence[Telemetry]) -> tuple[int, int | None]:
        for index, message in enumerate(messages):
            if type(message) is Tick and message.reference_offset > self.reference_offset:
                return index, message.reference_offset
        return len(messages), None

    def _fix(self, fix: Gps, offset: int, survey: Survey, index: int) -> Sequence[Output]:
        """Take a unit to a fix, or back to where a late one belongs: what is to be told."""
        unit = self._books.heard(fix, offset, self.time)
        limits, reason = survey.limits[index], survey.unusable.get(index)
        if reason is not None and reason != "vague":
            return self._never_taken(unit, fix, reason)
        trail = unit.trail
        if fix.fix_time < trail.newest - KEPT_MS:
            return self._never_taken(unit, fix, "late")
        at = trail.put(fix)
        if at is None:
            return self._never_taken(unit, fix, "duplicate")
        if at < len(trail) - 1:
            taken_back = take_back(unit, fix.fix_time, at, self._surveyor, offset)
            if taken_back.set_aside is not None:
                self.set_aside[taken_back.set_aside] += 1
            return taken_back.outputs
        near = survey.near.get(index, ())
        told: Sequence[Stay] = ()
        set_aside: Reason | None = None
        if near or limits is None or not pass_by(unit, at, fix, limits, offset):
            rota = self._surveyor.rota(unit.radio_id)
            told, set_aside = go_on(unit, at, Evidence(fix, limits, near, rota, offset))
        if set_aside is not None:
            self.set_aside[set_aside] += 1
            _unfit(unit, set_aside)
        elif limits is not None:
            _used(unit, fix, limits)
        if len(unit.milestones) > MILESTONES:
            forget(unit, self._minute.offset)
        return emission.visits(unit, told, offset) if told else ()

    def _never_taken(self, unit: Unit, fix: Gps, reason: Reason) -> Sequence[Output]:
        _unfit(unit, reason)
        emission.set_aside(unit.aside, fix.received_at, reason)
        if len(unit.aside) > MINUTES_ASIDE:
            del unit.aside[next(iter(unit.aside))]
        self.set_aside[reason] += 1
        return ()

    def _tick(self, tick: Tick, offset: int) -> list[Output]:
        now = Now(self.time, offset)
        outputs = self._listening.tick(tick, now)
        if self._edits:
            edits, self._edits = self._edits, []
            self._listening.learn(edits)
            outputs += judge_anew(self._books.tracks, edits, self.time, self._surveyor, offset)
        if self._minute.first(self.time):
            moment = Moment(self.time, self._minute.offset, offset)
            outputs += grown_visits(self._books.tracks, moment)
            outputs += grown_timesheets(self._books.tracks, moment, self._surveyor)
            outputs += self._listening.minute(self._books.tracks, now)
            outputs += self._forget_silent(now)
            self._minute.mark(self.time, offset)
        if self._second.first(self.time):
            outputs += self._on_second(now)
            self._second.mark(self.time, offset)
        return outputs

    def _forget_silent(self, now: Now) -> list[Output]:
        """Drop the units of which nothing came for a day; what is told of them last."""
        outputs: list[Output] = []
        silent = self._books.silent(self.time)
        for radio_id in silent:
            unit = self._books.tracks.pop(radio_id).unit
            outputs += self._listening.forget(unit, now)
            self._surveyor.forget(radio_id)
        self.forgotten += silent
        return outputs

    def _on_second(self, now: Now) -> list[Output]:
        """Silence, positions of the units heard since the last, and progress."""
        offset = now.offset
        heard = self._books.take_fresh(offset)
        outputs = self._listening.second(self._books.tracks, heard, now)
        outputs += [emission.position(unit, offset) for unit in heard]
        outputs.append(emission.progress(self.partition, self.time, self.reference_offset, offset))
        return outputs


def _used(unit: Unit, fix: Gps, limits: Limits) -> None:
    """Take note of a unit's newest used fix."""
    unit.fix, unit.fixed_as_of, unit.unfit = fix, unit.as_of, None
    if fix.accuracy_m is None:
        unit.accuracy_m = limits.accuracy_m(fix)
    unit.expires = fix.received_at + limits.unknown_after_ms
    unit.lapsed = False
    unit.accounted = 0
    if unit.silent:
        unit.silent = []
    if unit.ended:
        unit.ended = []


def _unfit(unit: Unit, reason: Reason) -> None:
    """Take note of why a unit's newest fix says nothing of where it is."""
    if reason in NO_POSITION:
        unit.unfit = reason
