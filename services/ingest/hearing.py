"""When each source was last heard, and for how many radios: what the ticks tell of the sources.

A radio is forgotten a quarter of an hour after it was last heard. Of each source, who was heard
longest ago stands first, so that a tick looks at those that it forgets and at no others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

REMEMBERED_MS = 15 * 60_000
MOST_RADIOS = 100_000
"""Of one source; about twice as many as the largest force has. Whoever posts under ever new ids
takes no more memory than so many."""


class Hearing:
    """What this instance has heard. ``sources`` maps each to when it was last heard (ms)."""

    def __init__(self) -> None:
        self.sources: dict[str, int] = {}
        self._radios: dict[str, OrderedDict[str, int]] = {}

    def hear(self, source: str, radio_ids: Iterable[str], at: int) -> None:
        """Take in that a source was heard for these radios at ``at`` (ms)."""
        self.sources[source] = at
        radios = self._radios.setdefault(source, OrderedDict())
        for radio_id in radio_ids:
            radios[radio_id] = at
            radios.move_to_end(radio_id)
        while len(radios) > MOST_RADIOS:
            radios.popitem(last=False)

    def radios(self, at: int) -> dict[str, int]:
        """How many radios each source was heard for in the quarter of an hour before ``at`` (ms).

        A source that was heard for none is left out.
        """
        for radios in self._radios.values():
            while radios and next(iter(radios.values())) <= at - REMEMBERED_MS:
                radios.popitem(last=False)
        self._radios = {source: radios for source, radios in self._radios.items() if radios}
        return {source: len(radios) for source, radios in self._radios.items()}
