"""The alerts as they were last told, and round by round what is no longer so.

Control places are told to those who supervise alone: an alert about one is, and of a radio that was
lost in one the others learn all but the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.metrics.acknowledgements import Acknowledgements
from services.metrics.alert_resources import AlertResource, alert
from services.metrics.alerts import Alert, Urgency, alerts
from services.metrics.audience import Audience, is_among
from services.metrics.board import Board
from services.metrics.control_places import ControlPlaces
from services.metrics.sight import Sight
from services.metrics.standings import Standings


class ToldAlert(NamedTuple):
    """An alert as it is told to those who supervise, and as it is ``shown`` to others who view.

    ``shown`` is None where it is not.
    """

    urgency: Urgency
    whole: AlertResource
    shown: AlertResource | None

    def to(self, audience: Audience) -> AlertResource | None:
        """As it is told to an audience; None where it is not."""
        if is_among(audience, "supervise"):
            return self.whole
        return self.shown if is_among(audience, "view") else None


class GoneResource(TypedDict):
    """An alert that holds no more."""

    alert_id: str
    deleted: Literal[True]


class ChangedAlert(NamedTuple):
    """What those who supervise are told of an alert now, and others who view, if anything."""

    whole: AlertResource | GoneResource
    shown: AlertResource | GoneResource | None


class AlertNews:
    """What there is to look at."""

    def __init__(
        self,
        board: Board,
        standings: Standings,
        acknowledgements: Acknowledgements,
        control_places: ControlPlaces,
    ) -> None:
        self._board = board
        self._standings = standings
        self._acknowledgements = acknowledgements
        self._control_places = control_places
        self._told: dict[str, ToldAlert] = {}

    def round(self) -> Iterator[ChangedAlert]:
        """What is not as it was told, what is gone first."""
        days, day = self._standings.days, self._standings.day
        found = alerts(self._board.open_episodes(), self._standings.of_alerts(), days.start_of(day))
        before, self._told = self._told, {each.alert_id: self._told_now(each) for each in found}
        gone = [alert_id for alert_id in before if alert_id not in self._told]
        for alert_id in [*gone, *self._told]:
            was, now = before.get(alert_id), self._told.get(alert_id)
            if was != now:
                yield _changed(alert_id, was, now)

    def told_to(self, audience: Audience) -> list[AlertResource]:
        """What an audience may see, the most urgent first."""
        return [told for each in self._told.values() if (told := each.to(audience))]

    def from_place(self, first: Urgency | None, audience: Audience) -> Iterator[ToldAlert]:
        """What an audience may see, from a place in the order on."""
        for each in self._told.values():
            if each.to(audience) and (first is None or each.urgency >= first):
                yield each

    def _told_now(self, each: Alert) -> ToldAlert:
        whole = self._resource(each)
        if each.of_control:
            return ToldAlert(each.urgency, whole, None)
        sight = Sight("view", self._control_places, self._board.now())
        is_hidden = each.episode is not None and sight.episode(each.episode) is not each.episode
        shown = self._resource(replace(each, hotspot_id=None)) if is_hidden else whole
        return ToldAlert(each.urgency, whole, shown)

    def _resource(self, each: Alert) -> AlertResource:
        signal = each.episode.signal if each.episode else None
        return alert(
            each,
            self._board.name(each.hotspot_id) if each.hotspot_id else None,
            self._board.call_sign(signal.radio_id) if signal and signal.radio_id else None,
            self._acknowledgements.of(each.alert_id),
        )


def _changed(alert_id: str, was: ToldAlert | None, now: ToldAlert | None) -> ChangedAlert:
    gone: GoneResource = {"alert_id": alert_id, "deleted": True}
    was_shown = was is not None and was.shown is not None
    if now is None:
        return ChangedAlert(gone, gone if was_shown else None)
    return ChangedAlert(now.whole, now.shown or (gone if was_shown else None))
