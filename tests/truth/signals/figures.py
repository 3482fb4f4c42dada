"""A row of the signal table: what was told of a world held against the truth."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from tests.truth.signals.episodes import episodes_of
from tests.truth.signals.outages import Retold, retold
from tests.truth.signals.telling import Told
from tests.truth.signals.units import Found, Verdict
from tests.truth.signals.worlds import World


class Figures(NamedTuple):
    """A row of the table.

    Of the true ``losses`` that had to be told so many were ``found``. ``punctual`` of those that
    were told, ``told`` in all, were on time; ``delay_s`` is the longest beyond the threshold where
    no outage hid the loss, ``hidden_s`` the longest after the outage where one did. ``false``
    counts the unexpected episodes that were none by what caused them, and ``masts`` those that a
    mast caused. Of the reasons that were ``given`` so many were ``explained``.
    """

    losses: int
    found: int
    told: int
    punctual: int
    delay_s: float
    hidden_s: float
    false: Counter[str]
    masts: int
    given: int
    explained: int
    outages: Retold

    @property
    def recall(self) -> float:
        """The share of the losses that was found; 1 where there was none."""
        return self.found / self.losses if self.losses else 1.0


def figures_of(world: World, told: Told) -> Figures:
    """The row of a world."""
    partitions = [episodes_of(tellings) for tellings in told.tellings]
    verdict = Verdict(
        world, told, [each for own in partitions for each in own if each.signal.radio_id]
    )
    systems = [[each for each in own if not each.signal.radio_id] for own in partitions]
    found = list(verdict.found.values())
    due = [each for each in found if each.absence.has_to_be_told]
    return Figures(
        losses=len(due) + len(verdict.missed),
        found=len(due),
        told=len(found),
        punctual=sum(each.is_on_time for each in found),
        delay_s=_longest(found, hidden=False),
        hidden_s=_longest(found, hidden=True),
        false=+verdict.false,
        masts=len(verdict.masts),
        given=verdict.given,
        explained=verdict.explained,
        outages=retold(world, told.truth.outages, systems),
    )


def _longest(found: list[Found], *, hidden: bool) -> float:
    """Beyond the threshold, or since the last outage was over, in seconds."""
    return (
        max(
            (
                each.episode.declared_at - (each.absence.visible if hidden else each.absence.due)
                for each in found
                if each.absence.was_hidden == hidden
            ),
            default=0,
        )
        / 1000
    )
