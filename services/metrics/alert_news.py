"""The alerts as they were last told, and round by round what is no longer so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from services.metrics.acknowledgements import Acknowledgements
from services.metrics.alert_resources import AlertResource, alert
from services.metrics.alerts import Alert, Urgency, alerts
from services.metrics.audience import Audience, is_among
from services.metrics.board import Board
from services.metrics.standings import Standings


class ToldAlert(NamedTuple):
    """An alert as it is told, the least audience that it is for, and its place among the others."""

    least: Audience
    resource: AlertResource
    urgency: Urgency


class GoneAlert(NamedTuple):
    """An alert that holds no more, and the least audience that was told of it."""

    least: Audience
    alert_id: str


class AlertNews:
    """What there is to look at. Control places are told to those who supervise alone."""

    def __init__(
        self, board: Board, standings: Standings, acknowledgements: Acknowledgements
    ) -> None:
        self._board = board
        self._standings = standings
        self._acknowledgements = acknowledgements
        self._told: dict[str, ToldAlert] = {}

    def round(self) -> list[ToldAlert | GoneAlert]:
        """What is not as it was told, what is gone first."""
        days, day = self._standings.days, self._standings.day
        found = alerts(self._board.open_episodes(), self._standings.of_alerts(), days.start_of(day))
        told = {each.alert_id: self._told_now(each) for each in found}
        before, self._told = self._told, told
        gone = [
            GoneAlert(was.least, alert_id)
            for alert_id, was in before.items()
            if alert_id not in told or told[alert_id].least != was.least
        ]
        return [*gone, *(each for key, each in told.items() if each != before.get(key))]

    def told_to(self, audience: Audience) -> Iterator[ToldAlert]:
        """What an audience may see, the most urgent first."""
        return (each for each in self._told.values() if is_among(audience, each.least))

    def _told_now(self, each: Alert) -> ToldAlert:
        signal = each.episode.signal if each.episode else None
        resource = alert(
            each,
            self._board.name(each.hotspot_id) if each.hotspot_id else None,
            self._board.call_sign(signal.radio_id) if signal and signal.radio_id else None,
            self._acknowledgements.of(each.alert_id),
        )
        return ToldAlert("supervise" if each.of_control else "view", resource, each.urgency)
