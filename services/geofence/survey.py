"""A batch surveyed: what can be known of each fix before any is stepped.

Where a fix is depends on the fix and on ``reference`` alone, so a whole batch is measured at once
and then stepped record by record. Fixes that turn out to be late or repeated were measured in
vain; they are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.reference import Deleted, Duty, HotSpot, Radio, Reference, Source
from services.contracts.register import Register
from services.contracts.telemetry import Gps, Telemetry
from services.geofence.clearance import NOWHERE, Clearing, Scout
from services.geofence.limits import Limits, limits_at
from services.geofence.nearness import Candidates, Near
from services.geofence.rota import NO_DUTIES, Rota
from services.geofence.screening import Reason, unusable
from services.geofence.silence.blackspots import Blackspots
from services.geofence.silence.patience import Patience, holds_until, patience, source_patience
from services.geofence.trail import Trail
from services.geofence.zone import zone_of
from services.geofence.zones import Zones
from services.ground.boxes import Box


class Survey(NamedTuple):
    """By place in the batch: the limits of each usable fix, and the zones near it if there are any.

    ``unusable`` has the reason of each fix that is not.
    """

    limits: list[Limits | None]
    near: dict[int, list[Near]]
    unusable: dict[int, Reason]


class Edit(NamedTuple):
    """A change of ``reference``: from when on which units may have to be stepped again.

    Those with a fix near one of the ``boxes``, those heard through ``source``, or ``radios``.
    ``ended`` is a hot spot that is no more; ``duties`` is set where the sheets are cut anew.
    """

    since: int
    boxes: tuple[Box, ...] = ()
    source: str | None = None
    radios: tuple[str, ...] = ()
    ended: str | None = None
    duties: bool = False

    def concerns(self, radio_id: str, trail: Trail, around: Box | None) -> bool:
        """Whether a unit may have to be stepped again; ``around`` holds all its trail may touch."""
        if radio_id in self.radios or (self.source and trail.has_source(self.source)):
            return True
        return around is not None and any(box.meets(around) for box in self.boxes)


REACH_M = 5_000.0
"""Further than any usable fix may be off."""


class Surveyor:
    """Knows ``reference`` as far as fixes are judged by it."""

    def __init__(self) -> None:
        self._zones = Zones()
        self._scout = Scout(self._zones)
        self._register = Register()
        self._blackspots = Blackspots()
        self._clearings: dict[str, Clearing] = {}
        self._rotas: dict[str, Rota] = {}

    def learn(self, offset: int, message: Reference) -> Edit | None:
        """Take in a record of ``reference``: what that may change of the fixes of before.

        What fixes are not judged by is passed over.
        """
        edit = self._edit(message)
        if isinstance(message, HotSpot):
            self._draw(offset, message)
        elif isinstance(message, Deleted) and message.type == "hotspot":
            self._zones.erase(message)
            self._blackspots.apply(offset, message)
        elif isinstance(message, Source | Radio | Duty | Deleted):
            self._register.apply(offset, message)
            self._rotas.clear()
        self._clearings.clear()
        return edit

    def holds(self, hotspot_id: str, at: int) -> bool:
        """Whether a hot spot is in force at a time."""
        return self._zones.holds(hotspot_id, at)

    def forget(self, radio_id: str) -> None:
        """Keep nothing in mind of a radio; what ``reference`` says of it stays known."""
        self._clearings.pop(radio_id, None)
        self._rotas.pop(radio_id, None)

    def rota(self, radio_id: str) -> Rota:
        """When a radio is on duty."""
        rota = self._rotas.get(radio_id)
        if rota is None:
            duties = self._register.duties(radio_id)
            rota = self._rotas[radio_id] = Rota(duties) if duties else NO_DUTIES
        return rota

    def on_roster(self) -> set[str]:
        """The radios that have a duty, whenever that is."""
        return {duty.radio_id for duty in self._register.all_duties()}

    def patience(self, radio_id: str, source: str, at: int) -> Patience:
        """How long a radio may be silent."""
        return patience(self._register, radio_id, source, at)

    def patience_until(self, radio_id: str, source: str, at: int) -> int:
        """When that changes by itself."""
        return holds_until(self._register, radio_id, source, at)

    def source_patience(self, source: str, at: int) -> Patience:
        """How long a source may be silent."""
        return source_patience(self._register, source, at)

    def blackspot(self, lon: float, lat: float, at: int) -> str | None:
        """The known blackspot at a place; None where there is none."""
        return self._blackspots.at(lon, lat, at)

    def survey(self, messages: Sequence[Telemetry | None]) -> Survey:
        """Each fix of a batch by itself."""
        limits: list[Limits | None] = []
        unfit: dict[int, Reason] = {}
        close: list[tuple[int, Gps, float, Clearing]] = []
        clearings = self._clearings
        for index, fix in enumerate(messages):
            if type(fix) is not Gps:
                limits.append(None)
                continue
            clearing = clearings.get(fix.radio_id, NOWHERE)
            accuracy_m = fix.accuracy_m
            if accuracy_m is None:
                accuracy_m = clearing.limits.accuracy_m(fix)
            if not (
                clearing.west <= fix.lon <= clearing.east
                and clearing.south <= fix.lat <= clearing.north
                and accuracy_m <= clearing.accuracy_m
                and clearing.since <= fix.fix_time < clearing.until
                and clearing.source == fix.source
            ):
                own = limits_at(self._register, fix.radio_id, fix.source, fix.fix_time)
                accuracy_m = own.accuracy_m(fix)
                clearing = clearings[fix.radio_id] = self._scout.draw(fix, accuracy_m, own)
            reason = unusable(fix, accuracy_m, clearing.limits)
            if reason is not None:
                unfit[index] = reason
                limits.append(None)
                continue
            limits.append(clearing.limits)
            zones = clearing.zones
            if zones is None or zones:
                close.append((index, fix, accuracy_m, clearing))
        self._scout.look()
        candidates = Candidates()
        for index, fix, accuracy_m, clearing in close:
            if clearing.zones:
                candidates.add(index, fix, clearing.limits.reach_m(accuracy_m), clearing.zones)
        return Survey(limits, candidates.measure(self._zones), unfit)

    def _draw(self, offset: int, drawn: HotSpot) -> None:
        """Take in a boundary: a zone to visit, or a place where nobody is heard."""
        self._blackspots.apply(offset, drawn)
        if drawn.type == "hotspot":
            self._zones.draw(offset, drawn)
        else:
            self._zones.erase(
                Deleted(
                    type="hotspot",
                    id=drawn.hotspot_id,
                    effective_from=drawn.effective_from,
                    changed_by=drawn.changed_by,
                )
            )

    def _edit(self, message: Reference) -> Edit | None:
        """What a record changes that is about to be taken in."""
        if isinstance(message, HotSpot):
            bounds = zone_of(0, 0, message).box
            return Edit(
                message.effective_from, boxes=(bounds, *self._zones.boxes(message.hotspot_id))
            )
        if isinstance(message, Source):
            return Edit(message.effective_from, source=message.source)
        if isinstance(message, Radio):
            return Edit(message.effective_from, radios=(message.radio_id,))
        if isinstance(message, Duty):
            edit = self._duty(message.duty_id)
            radios = (*edit.radios, message.radio_id) if edit else (message.radio_id,)
            since = min(message.since, edit.since) if edit else message.since
            return Edit(since, radios=radios, duties=True)
        if isinstance(message, Deleted):
            return self._deletion(message)
        return None

    def _deletion(self, deleted: Deleted) -> Edit | None:
        since, name = deleted.effective_from, deleted.id
        if deleted.type == "hotspot":
            return Edit(since, boxes=tuple(self._zones.boxes(name)), ended=name)
        if deleted.type == "source":
            return Edit(since, source=name)
        if deleted.type == "radio":
            return Edit(since, radios=(name,))
        return self._duty(name) if deleted.type == "duty" else None

    def _duty(self, duty_id: str) -> Edit | None:
        """What goes with a duty as it is."""
        radio_id = self._register.duty_radio(duty_id)
        if radio_id is None:
            return None
        (duty,) = (each for each in self._register.duties(radio_id) if each.duty_id == duty_id)
        return Edit(duty.since, radios=(radio_id,), duties=True)
