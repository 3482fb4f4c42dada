"""What metrics tells of, put together without a log: the parts as the service has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.contracts.register import Register
from services.metrics.alert_news import AlertNews
from services.metrics.board import Board, Clock
from services.metrics.broadcast import Broadcast
from services.metrics.compliance.ledger import Ledger
from services.metrics.compliance_news import ComplianceNews
from services.metrics.control_places import ControlPlaces
from services.metrics.episodes import Label
from services.metrics.live import ROUNDS_A_MINUTE, Live
from services.metrics.projection import Projection
from services.metrics.prometheus_patrols import patrols_closed
from services.metrics.recent import Recent
from services.metrics.standings import Standings


@dataclass
class Told:
    """The board, how each hot spot stands, and the live picture of both."""

    board: Board
    standings: Standings
    live: Live


def telling(  # the parts that are put together
    projection: Projection,
    register: Register,
    days: Days,
    clock: Clock,
    broadcast: Broadcast,
    on_declared: Callable[[Label], None] = lambda _: None,
) -> Told:
    """All that tells of a projection and a register."""
    board = Board(projection, register, clock)
    ledger = Ledger(register, Recent(projection, register, days), days)
    standings = Standings(ledger, days, board, projection)
    control_places = ControlPlaces(register, days)
    closed = patrols_closed(CollectorRegistry())
    live = Live(
        projection=projection,
        board=board,
        news=ComplianceNews(standings, ROUNDS_A_MINUTE, closed),
        control_places=control_places,
        alerts=AlertNews(board, standings, projection.acknowledgements, control_places),
        register=register,
        broadcast=broadcast,
        clock=clock,
        on_declared=on_declared,
    )
    return Told(board, standings, live)
