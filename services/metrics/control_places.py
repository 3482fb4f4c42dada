"""Which hot spots are control places when: asked for each thing that names a hot spot.

Few hot spots ever are. Of all others a look into a small set says so; of these each day is judged
once and then remembered, until the register has something new.
"""

from __future__ import annotations

from datetime import date, timedelta

from services.contracts.days import Days
from services.contracts.reference import Plan
from services.contracts.register import Register
from services.metrics.compliance.control import is_control

_ONE = timedelta(days=1)


class ControlPlaces:
    """The control places by day, as the register has them now."""

    def __init__(self, register: Register, days: Days) -> None:
        self._register = register
        self._days = days
        self._as_of = -1
        self._ever: set[str] = set()
        self._judged: dict[tuple[str, date], bool] = {}

    def is_one(self, hotspot_id: str, since: int, until: int | None = None) -> bool:
        """Whether a hot spot is a control place on the day of a moment, in epoch milliseconds.

        With ``until``, on any day from the one moment to the other, the latter included.
        """
        if hotspot_id not in self._ever_ones():
            return False
        day = self._days.day_of(since)
        last = day if until is None else self._days.day_of(max(since, until))
        while day <= last:
            if self._is_one_on(hotspot_id, day):
                return True
            day += _ONE
        return False

    def at(self, moment: int) -> frozenset[str]:
        """All the control places of the day of a moment."""
        day = self._days.day_of(moment)
        return frozenset(each for each in self._ever_ones() if self._is_one_on(each, day))

    def _is_one_on(self, hotspot_id: str, day: date) -> bool:
        known = self._judged.get((hotspot_id, day))
        if known is None:
            plans = self._register.plans(hotspot_id)
            known = is_control(plans, hotspot_id, day, self._days)
            self._judged[hotspot_id, day] = known
        return known

    def _ever_ones(self) -> set[str]:
        """The hot spots that some version of a plan makes a control place."""
        if self._as_of != self._register.offset:
            self._as_of = self._register.offset
            self._judged.clear()
            self._ever = {
                plan.hotspot_id
                for hotspot_id in self._register.planned_hotspots()
                for versions in self._register.plans(hotspot_id)
                for plan in (each.message for each in versions)
                if isinstance(plan, Plan) and plan.arm == "control"
            }
        return self._ever
