"""The live picture: every half second, what has changed since the last time, encoded once.

1. Catch up with time: a new day, units fallen quiet, hot spots come into force or gone.
2. Encode each changed thing as one server-sent event; several changes of one thing are one.
3. Add what has changed of the hot spots' days, which are judged meanwhile.
4. Every other second tell how the pipeline is, too, and drop whose token was revoked.
5. Leave the round's events for every client of each audience.

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
from services.metrics.audience import AUDIENCES, Audience, may_see, sees, who_see
from services.metrics.board import Board
from services.metrics.broadcast import Broadcast
from services.metrics.episodes import Label
from services.metrics.events import Event, event, joined
from services.metrics.projection import Changes, Projection
from services.metrics.today import Today

ROUND_S = 0.5
_ROUNDS_TO_HEALTH = 4


class Live:
    """Turns the projection's changes into events, and its state into resets."""

    def __init__(
        self,
        projection: Projection,
        board: Board,
        register: Register,
        broadcast: Broadcast,
        today: Today,
        on_declared: Callable[[Label], None],
    ) -> None:
        """``on_declared`` hears of each episode of silence that is first told in a round.

        What the log held before the first round is history.
        """
        self._projection = projection
        self._board = board
        self._register = register
        self._broadcast = broadcast
        self._today = today
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
        self._today.touch(changes.hotspots)
        events += self._today.take()  # 3
        self._resets.clear()
        if self._round % _ROUNDS_TO_HEALTH == 0:  # 4
            health = event("health", resources.health(self._board.pipeline()))
            events.append(Event(AUDIENCES, health))
            self._broadcast.keep({token.token_id for token in self._register.tokens()})
        self._round += 1
        self._broadcast.publish({each: joined(events, each) for each in AUDIENCES})  # 5

    def reset(self, audience: Audience) -> bytes:
        """The event that holds everything as of now; encoded once a round."""
        if audience not in self._resets:
            visits = (visit for visit in self._board.open_visits() if may_see(audience, visit))
            state = {
                "units": self._board.units() if sees(audience, "view") else [],
                "hotspots": self._board.hotspots(),
                "visits": [resources.visit(visit) for visit in visits],
                "signals": self._open_signals() if sees(audience, "view") else [],
                "compliance": self._today.told(audience),
                "health": resources.health(self._board.pipeline()),
            }
            self._resets[audience] = event("reset", state)
        return self._resets[audience]

    def _catch_up_with_time(self) -> None:
        self._projection.pass_time(self._board.now(), self._board.interval_of)
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
        ]

    def _hotspot(self, hotspot_id: str) -> Event:
        gone = {"hotspot_id": hotspot_id, "deleted": True}
        return Event(AUDIENCES, event("hotspot", self._board.hotspot(hotspot_id) or gone))

    def _unit(self, radio_id: str) -> Event:
        gone = {"radio_id": radio_id, "deleted": True}
        told = event("unit", self._board.unit(radio_id) or gone)
        return Event(who_see("view"), told)

    def _signal(self, episode_id: str) -> Event:
        episode = self._board.episode(episode_id)
        gone = {"episode_id": episode_id, "deleted": True}
        told = event("signal", resources.signal(episode) if episode else gone)
        return Event(who_see("view"), told)

    def _open_signals(self) -> list[resources.SignalResource]:
        return [resources.signal(episode) for episode in self._board.open_episodes()]

    def _visit(self, visit: Visit) -> Event:
        least: Audience = "figures" if may_see("figures", visit) else "view"
        return Event(who_see(least), event("visit", resources.visit(visit)))
