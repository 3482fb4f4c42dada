"""The boundaries by which history is judged: those of the log, or others in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from services.contracts.codec import Undecodable, decode_all
from services.contracts.reference import Deleted, HotSpot, Reference
from services.contracts.topics import REFERENCE
from services.eventlog.port import EventLog
from services.geofence.survey import Surveyor
from services.geofence.zone import ALWAYS


class Known(NamedTuple):
    """A message of ``reference`` and its version."""

    version: int
    message: Reference


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What to put in the place of the hot spots of the log, where it is not None.

    ``hotspots`` are in force always, each by its place in the list as its version, and no other
    is; ``catchment_m``, in metres, is that of every hot spot.
    """

    hotspots: Sequence[HotSpot] | None = None
    catchment_m: float | None = None

    def instead_of(self, reference: Sequence[Known]) -> Iterator[Known]:
        """``reference`` as it would be with these."""
        for version, hotspot in enumerate(self.hotspots or ()):
            always = msgspec.structs.replace(hotspot, effective_from=ALWAYS)
            yield Known(version, self._widened(always))
        for version, message in reference:
            if isinstance(message, HotSpot):
                if self.hotspots is None:
                    yield Known(version, self._widened(message))
            elif not (self.hotspots is not None and _deletes_a_hotspot(message)):
                yield Known(version, message)

    def _widened(self, hotspot: HotSpot) -> HotSpot:
        if self.catchment_m is None:
            return hotspot
        return msgspec.structs.replace(hotspot, catchment_m=self.catchment_m)


async def surveyor_of(log: EventLog, boundaries: Boundaries) -> Surveyor:
    """All of ``reference`` as it is now, each version by its own time, with these boundaries.

    A record that cannot be read is passed over, as the engine does. Raises LogError.
    """
    reference: list[Known] = []
    start = (await log.bounds(REFERENCE.name))[0].start
    async for records in log.read(REFERENCE.name, 0, start):
        messages = decode_all(REFERENCE.name, [record.value for record in records])
        reference += [
            Known(record.offset, message)
            for record, message in zip(records, messages, strict=True)
            if not isinstance(message, Undecodable)
        ]
    surveyor = Surveyor()
    for version, message in boundaries.instead_of(reference):
        surveyor.learn(version, message)
    return surveyor


def _deletes_a_hotspot(message: Reference) -> bool:
    return isinstance(message, Deleted) and message.type == "hotspot"
