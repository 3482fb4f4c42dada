"""The live picture: every half second, what has changed since the last time, encoded once.

1. Catch up with time: a new day, units fallen quiet, hot spots come into force or gone.
2. Encode each changed thing as one server-sent event; several changes of one thing are one. What
   names a control place is encoded a second time, without it, for those who do not supervise.
3. Every other second tell how the pipeline is, too, and drop whose token was revoked.
4. Leave the round's events for every client of each audience.

A client begins with ``reset``, all that holds now. Events are upserts, so one that was already in
the reset does no harm; and since the reset of a round is built after that round's events, nothing
is missed between the two.

To those who do not supervise a hot spot that becomes a control place is gone: they are told so
once, with what goes on there told anew, and then of it no more. One that they never saw they are
not told of at all. Once it is a control place no longer they are told everything of it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from services.contracts.derived import Visit
from services.contracts.register import Register
from services.metrics import resources
from services.metrics.alert_news import AlertNews
from services.metrics.audience import AUDIENCES, Audience, is_among
from services.metrics.board import Board, Clock
from services.metrics.broadcast import Broadcast
from services.metrics.compliance_news import ComplianceNews
from services.metrics.compliance_resources import ComplianceResource
from services.metrics.control_places import ControlPlaces
from services.metrics.episodes import Label
from services.metrics.projection import Changes, Projection
from services.metrics.sight import Sight

ROUND_S = 0.5
ROUNDS_A_MINUTE = round(60 / ROUND_S)
_ROUNDS_TO_HEALTH = 4


class Event(NamedTuple):
    """Whom an event is for, and the event as it is sent."""

    audiences: frozenset[Audience]
    sent: bytes


class Live:
    """Turns the projection's changes into events, and its state into resets."""

    def __init__(  # noqa: PLR0913  # what a round looks at, and whom it tells
        self,
        *,
        projection: Projection,
        board: Board,
        news: ComplianceNews,
        control_places: ControlPlaces,
        alerts: AlertNews,
        register: Register,
        broadcast: Broadcast,
        clock: Clock,
        on_declared: Callable[[Label], None],
    ) -> None:
        """``on_declared`` hears of each episode of silence that is first told in a round.

        What the log held before the first round is history.
        """
        self._projection = projection
        self._board = board
        self._news = news
        self._control_places = control_places
        self._alerts = alerts
        self._register = register
        self._broadcast = broadcast
        self._clock = clock
        self._versions: dict[str, int] = {}
        self._control: frozenset[str] = frozenset()
        """The control places as of the last round."""
        self._shown: set[str] = set()
        """The hot spots that everybody was told of by the end of the last round."""
        self._on_declared = on_declared
        self._resets: dict[Audience, bytes] = {}
        self._round = 0

    @property
    def has_begun(self) -> bool:
        """Whether there has been a round, so that what is shown is up to date."""
        return self._round > 0

    async def run(self) -> None:
        """Round after round, until cancelled."""
        await self._news.begin()
        while True:
            self.round()
            await asyncio.sleep(ROUND_S)

    def round(self) -> None:
        """One round."""
        before = self._control
        self._catch_up_with_time()  # 1
        changes = self._projection.take_changes()
        events = list(self._events(changes, revealed=before - self._control))  # 2
        self._shown = self._versions.keys() - self._control
        for label in changes.declared if self.has_begun else ():
            self._on_declared(label)
        self._resets.clear()
        if self._round % _ROUNDS_TO_HEALTH == 0:  # 3
            events.append(Event(_among("figures"), event("health", self._board.health())))
            self._broadcast.keep({token.token_id for token in self._register.tokens()})
        self._round += 1
        self._broadcast.publish({each: _joined(events, each) for each in AUDIENCES})  # 4

    def reset(self, audience: Audience) -> bytes:
        """The event that holds everything as of now; encoded once a round."""
        if audience not in self._resets:
            sight = self._sight(audience)
            views = is_among(audience, "view")
            visits = (visit for visit in self._board.open_visits() if sight.sees(visit))
            state = {
                "units": self._board.units(sight) if views else [],
                "hotspots": list(self._hotspots(sight)),
                "visits": [resources.visit(visit) for visit in visits],
                "signals": self._open_signals(sight) if views else [],
                "compliance": [each for each in self._news.all() if _sees_day(sight, each)],
                "alerts": self._alerts.told_to(audience),
                "health": self._board.health(),
            }
            self._resets[audience] = event("reset", state)
        return self._resets[audience]

    def _sight(self, audience: Audience) -> Sight:
        return Sight(audience, self._control_places, self._clock())

    def _catch_up_with_time(self) -> None:
        self._projection.pass_time(self._clock(), self._board.interval_of)
        versions = self._board.versions()
        if versions != self._versions:
            both = versions.keys() | self._versions.keys()
            changed = {each for each in both if versions.get(each) != self._versions.get(each)}
            self._projection.touch(changed)
            self._versions = versions
        control = self._control_places.at(self._clock())
        if control != self._control:
            self._projection.touch_all_in(control ^ self._control)
            self._control = control

    def _events(self, changes: Changes, revealed: Iterable[str]) -> Iterator[Event]:
        """What changed; ``revealed`` are the hot spots that are control places no longer."""
        whole, sight = self._sight("supervise"), self._sight("view")
        for each in sorted(changes.hotspots):
            yield from self._hotspot(each)
        for each in sorted(changes.units):
            yield from self._unit(each, whole, sight)
        for each in sorted(changes.visits):
            if visit := self._board.visit(each):
                yield self._visit(visit)
        for each in sorted(changes.episodes):
            yield from self._signal(each, sight)
        news = {each["hotspot_id"]: each for each in self._news.round(changes.hotspots)}
        for hotspot_id in revealed:
            if told := self._news.of(hotspot_id):
                news.setdefault(hotspot_id, told)
        for hotspot_id in sorted(news):
            yield self._compliance(news[hotspot_id])
        for changed in self._alerts.round():  # of what has just been judged
            yield from _each_way("view", "alert", changed.whole, changed.shown)

    def _hotspot(self, hotspot_id: str) -> Iterator[Event]:
        whole = self._board.hotspot(hotspot_id)
        gone = {"hotspot_id": hotspot_id, "deleted": True}
        shown = None if hotspot_id in self._control else whole
        if shown is None and hotspot_id in self._shown:
            return _each_way("figures", "hotspot", whole or gone, gone)
        return _each_way("figures", "hotspot", whole or gone, shown)

    def _unit(self, radio_id: str, all_seeing: Sight, sight: Sight) -> Iterator[Event]:
        gone = {"radio_id": radio_id, "deleted": True}
        whole = self._board.unit(radio_id, all_seeing)
        known = self._projection.units.get(radio_id)
        hides = known is not None and sight.position(known.position) is not known.position
        shown = self._board.unit(radio_id, sight) if hides else whole
        return _each_way("view", "unit", whole or gone, shown or gone)

    def _signal(self, episode_id: str, sight: Sight) -> Iterator[Event]:
        episode = self._board.episode(episode_id)
        if episode is None:
            gone = {"episode_id": episode_id, "deleted": True}
            return _each_way("view", "signal", gone, gone)
        seen, whole = sight.episode(episode), resources.signal(episode)
        shown = whole if seen is episode else resources.signal(seen)
        return _each_way("view", "signal", whole, shown)

    def _open_signals(self, sight: Sight) -> list[resources.SignalResource]:
        return [resources.signal(sight.episode(each)) for each in self._board.open_episodes()]

    def _hotspots(self, sight: Sight) -> Iterator[resources.HotSpotResource]:
        """The hot spots in force that are shown, in order of their ids.

        One that came since the last round comes with the next to those who do not supervise: then
        it is known whether it is a control place from the first.
        """
        supervises = is_among(sight.audience, "supervise")
        for hotspot_id in self._board.versions():
            is_hidden = sight.hides(hotspot_id, self._clock())
            if supervises or (hotspot_id in self._shown and not is_hidden):
                hotspot = self._board.hotspot(hotspot_id)
                if hotspot:
                    yield hotspot

    def _visit(self, visit: Visit) -> Event:
        sees = (each for each in reversed(AUDIENCES) if self._sight(each).sees(visit))
        least: Audience = next(sees, "supervise")
        return Event(_among(least), event("visit", resources.visit(visit)))

    def _compliance(self, resource: ComplianceResource) -> Event:
        least: Audience = "figures" if _sees_day(self._sight("figures"), resource) else "supervise"
        return Event(_among(least), event("compliance", resource))


def event(name: str, resource: object) -> bytes:
    """A server-sent event; JSON has no line breaks of its own."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), resources.encoded(resource))


def _sees_day(sight: Sight, resource: ComplianceResource) -> bool:
    """Whether a hot spot's day is shown: whose figures are yet of a day before is judged by now."""
    if is_among(sight.audience, "supervise"):
        return True
    hides = sight.now is not None and sight.hides(resource["hotspot_id"], sight.now)
    return resource["arm"] != "control" and not hides


def _each_way(least: Audience, name: str, whole: object, shown: object | None) -> Iterator[Event]:
    """An event for ``least`` and those who see more; ``shown`` to who does not supervise, if any.

    One where both are told the very same.
    """
    if shown is whole:
        yield Event(_among(least), event(name, whole))
        return
    yield Event(_among("supervise"), event(name, whole))
    if shown is not None:
        yield Event(_among(least) - _among("supervise"), event(name, shown))


def _among(least: Audience) -> frozenset[Audience]:
    """Who sees what is for ``least`` at least."""
    return frozenset(each for each in AUDIENCES if is_among(each, least))


def _joined(events: list[Event], audience: Audience) -> bytes:
    return b"".join(each.sent for each in events if audience in each.audiences)
