"""Replaying dead letters: each original goes into the log again, together with the mark of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.cli.letter_list import when
from services.cli.letterbox import Letterbox
from services.cli.letters import Letter, NotReplayed, Place, mark, replayed
from services.contracts.people import Audit
from services.eventlog.port import EventLog, NewRecord, Truncated

LOT_RECORDS = 500
LOT_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """The letters to replay: those at ``places``, or all that were written since a time (ms).

    Those replayed before only with ``again``.
    """

    places: frozenset[Place] = frozenset()
    since: int = 0
    again: bool = False


@dataclass(slots=True)
class Done:
    """What a replay came to: how many letters went into the log, and why the others did not."""

    appended: int = 0
    refused: dict[Place, str] = field(default_factory=dict)


class Replay:
    """One replay by ``who`` at ``at`` (ms)."""

    def __init__(self, log: EventLog, box: Letterbox, who: str, at: int) -> None:
        self._log = log
        self._box = box
        self._who = who
        self._at = at
        self._done = Done()
        self._lot: list[NewRecord] = []

    async def run(self, wanted: Wanted) -> Done:
        """Replay what is wanted. Raises LogError; the marks then tell what went through."""
        box, places = self._box, wanted.places
        spans = await (box.around(places) if places else box.since(wanted.since))
        marks = await box.marks(wanted.since)
        missing = set(places)
        async for letter in box.letters(spans):
            if not places or letter.place in places:
                missing.discard(letter.place)
                await self._consider(letter, marks.get(letter.place), wanted)
        await self._append()
        for place in sorted(missing):
            self._done.refused[place] = "there is no such letter"
        return self._done

    async def _consider(self, letter: Letter, before: Audit | None, wanted: Wanted) -> None:
        """Replay one letter, or note why it is not: of all, those replayed before are no news."""
        if before is not None and not wanted.again:
            if wanted.places:
                told = f"replayed {when(before.at)} by {before.who}; --again replays it once more"
                self._done.refused[letter.place] = told
            return
        try:
            record = await self._record_of(letter)
        except NotReplayed as refusal:
            self._done.refused[letter.place] = str(refusal)
            return
        self._lot += [record, mark(letter.place, self._who, self._at)]
        self._done.appended += 1
        if len(self._lot) >= LOT_RECORDS or sum(len(r.value or b"") for r in self._lot) > LOT_BYTES:
            await self._append()

    async def _record_of(self, letter: Letter) -> NewRecord:
        """The record that replays a letter. Raises NotReplayed and LogError."""
        quoted = letter.quoted
        if not quoted.left_out:
            return replayed(letter, quoted.value)
        try:
            read = self._log.read(quoted.topic, quoted.partition, quoted.offset, quoted.offset + 1)
            found = [record async for records in read for record in records]
        except Truncated:
            found = []
        if not found:
            msg = f"its {letter.size:,} bytes were left out, and {letter.origin} is there no more"
            raise NotReplayed(msg)
        return replayed(letter, found[0].value)

    async def _append(self) -> None:
        lot, self._lot = self._lot, []
        await self._log.append(lot)
