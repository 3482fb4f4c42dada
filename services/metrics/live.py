"""The live picture: every half second, what has changed since the last time, encoded once.

1. Catch up with time: a new day, units fallen quiet, hot spots come into force or gone.
2. Encode each changed thing as one server-sent event; several changes of one thing are one.
3. Every other second tell how the pipeline is, too, and drop whose token was revoked.
4. Leave the round's events for every client of each audience.

A client begins with ``reset``, all that holds now. Events are upserts, so one that was already in
the reset does no harm; and since the reset of a round is built after that round's events, nothing
is missed between the two.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from services.contracts.derived import Visit
from services.contracts.register import Register
from services.metrics import resources
from services.metrics.alert_news import AlertNews, GoneAlert, ToldAlert
from services.metrics.audience import AUDIENCES, Audience, is_among, may_see
from services.metrics.board import Board, Clock
from services.metrics.broadcast import Broadcast
from services.metrics.compliance_news import ComplianceNews
from services.metrics.compliance_resources import ComplianceResource
from services.metrics.episodes import Label
from services.metrics.projection import Changes, Projection

ROUND_S = 0.5
ROUNDS_A_MINUTE = round(60 / ROUND_S)
_ROUNDS_TO_HEALTH = 4

Event = tuple[Audience, bytes]
"""The least audience that an event is for, and the event as it is sent."""


class Live:
    """Turns the projection's changes into events, and its state into resets."""

    def __init__(  # noqa: PLR0913  # what a round looks at, and whom it tells
        self,
        *,
        projection: Projection,
        board: Board,
        news: ComplianceNews,
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
        self._alerts = alerts
        self._register = register
        self._broadcast = broadcast
        self._clock = clock
        self._versions: dict[str, int] = {}
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
        self._catch_up_with_time()  # 1
        changes = self._projection.take_changes()
        events = self._events(changes)  # 2
        for label in changes.declared if self.has_begun else ():
            self._on_declared(label)
        self._resets.clear()
        if self._round % _ROUNDS_TO_HEALTH == 0:  # 3
            events.append(("figures", event("health", self._board.health())))
            self._broadcast.keep({token.token_id for token in self._register.tokens()})
        self._round += 1
        self._broadcast.publish({each: _joined(events, each) for each in AUDIENCES})  # 4

    def reset(self, audience: Audience) -> bytes:
        """The event that holds everything as of now; encoded once a round."""
        if audience not in self._resets:
            visits = (visit for visit in self._board.open_visits() if may_see(audience, visit))
            views = is_among(audience, "view")
            state = {
                "units": self._board.units() if views else [],
                "hotspots": self._board.hotspots(),
                "visits": [resources.visit(visit) for visit in visits],
                "signals": self._open_signals() if views else [],
                "compliance": [
                    each for each in self._news.all() if is_among(audience, _least(each))
                ],
                "alerts": [each.resource for each in self._alerts.told_to(audience)],
                "health": self._board.health(),
            }
            self._resets[audience] = event("reset", state)
        return self._resets[audience]

    def _catch_up_with_time(self) -> None:
        self._projection.pass_time(self._clock(), self._board.interval_of)
        versions = self._board.versions()
        if versions != self._versions:
            both = versions.keys() | self._versions.keys()
            changed = {each for each in both if versions.get(each) != self._versions.get(each)}
            self._projection.touch(changed)
            self._versions = versions

    def _events(self, changes: Changes) -> list[Event]:
        return [
            *(self._hotspot(each) for each in sorted(changes.hotspots)),
            *(self._unit(each) for each in sorted(changes.units)),
            *(
                self._visit(visit)
                for each in sorted(changes.visits)
                if (visit := self._board.visit(each))
            ),
            *(self._signal(each) for each in sorted(changes.episodes)),
            *map(_compliance, self._news.round(changes.hotspots)),
            *map(_alert, self._alerts.round()),  # of what has just been judged
        ]

    def _hotspot(self, hotspot_id: str) -> Event:
        gone = {"hotspot_id": hotspot_id, "deleted": True}
        return "figures", event("hotspot", self._board.hotspot(hotspot_id) or gone)

    def _unit(self, radio_id: str) -> Event:
        gone = {"radio_id": radio_id, "deleted": True}
        return "view", event("unit", self._board.unit(radio_id) or gone)

    def _signal(self, episode_id: str) -> Event:
        episode = self._board.episode(episode_id)
        gone = {"episode_id": episode_id, "deleted": True}
        return "view", event("signal", resources.signal(episode) if episode else gone)

    def _open_signals(self) -> list[resources.SignalResource]:
        return [resources.signal(episode) for episode in self._board.open_episodes()]

    def _visit(self, visit: Visit) -> Event:
        least: Audience = "figures" if may_see("figures", visit) else "view"
        return least, event("visit", resources.visit(visit))


def event(name: str, resource: object) -> bytes:
    """A server-sent event; JSON has no line breaks of its own."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), resources.encoded(resource))


def _compliance(resource: ComplianceResource) -> Event:
    return _least(resource), event("compliance", resource)


def _alert(each: ToldAlert | GoneAlert) -> Event:
    if isinstance(each, GoneAlert):
        return each.least, event("alert", {"alert_id": each.alert_id, "deleted": True})
    return each.least, event("alert", each.resource)


def _least(resource: ComplianceResource) -> Audience:
    """The least audience that a hot spot's day is for."""
    return "supervise" if resource["arm"] == "control" else "figures"


def _joined(events: list[Event], audience: Audience) -> bytes:
    return b"".join(sent for least, sent in events if is_among(audience, least))
