"""Who is sent where in a shift: what a sergeant would have written on the tasking sheet.

Officers work in pairs, each pair with two hot spots of its own. A hot spot is called at every 55
minutes. Now and then a call is left out, cut short by another job, too brief or too long. On every
seventh shift nobody can be spared for the Bus Station. Nobody is sent to Priory Park, with which
the others are compared; once in eleven shifts somebody goes there all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NEGLECTED = "bus-station"
CONTROL = "priory-park"
PATROLLED = ("market-square", "high-street", "station-road", NEGLECTED)
_DEPENDABLE = "market-square"

_EVERY_S = 55 * 60.0
_FIRST_S = 12 * 60.0
_LATEST_S = 7 * 3600.0
_JITTER_S = 120.0
_WALK_S = 12 * 60.0
_BREAK_S = 1800.0
_BREAKS_FROM_S = (2.5 * 3600.0, 5.5 * 3600.0)
_WRONG_PLACE = (11, 4)
_SHORT_HANDED_EVERY = 7


@dataclass(frozen=True, slots=True)
class Task:
    """Be at a hot spot, or without one on a quiet street, at ``at_s`` in the shift for ``lasts_s``.

    ``status`` is given when it begins. Who is ``called_away`` leaves for another job at its end.
    """

    at_s: float
    lasts_s: float
    hotspot_id: str | None
    status: str = "on_patrol"
    called_away: bool = False


def is_short_handed(number: int) -> bool:
    """Whether nobody can be spared for the Bus Station in that shift."""
    return number % _SHORT_HANDED_EVERY == 0


def allocated(number: int, pair: int) -> tuple[str, ...]:
    """The hot spots that a pair has as its own in that shift."""
    own = (PATROLLED[pair % len(PATROLLED)], PATROLLED[(pair + 1) % len(PATROLLED)])
    return tuple(each for each in own if each != NEGLECTED or not is_short_handed(number))


def tasks_of(seed: int, number: int, pairs: int) -> list[list[Task]]:
    """The tasks of each pair in a shift, in the order of their times."""
    rng = np.random.default_rng([seed, 2, number])
    sheets = [[_break(rng)] for _ in range(pairs)]
    for task in sorted(_calls(rng, number), key=lambda task: task.at_s):
        able = [
            pair
            for pair in range(pairs)
            if task.hotspot_id in (*allocated(number, pair), CONTROL) and _fits(task, sheets[pair])
        ]
        if able:
            sheets[min(able, key=lambda pair: (len(sheets[pair]), pair))].append(task)
    return [sorted(sheet, key=lambda task: task.at_s) for sheet in sheets]


def _break(rng: np.random.Generator) -> Task:
    return Task(rng.uniform(*_BREAKS_FROM_S), _BREAK_S, None, status="refreshments")


def _calls(rng: np.random.Generator, number: int) -> list[Task]:
    calls = []
    for place, hotspot_id in enumerate(PATROLLED):
        at_s = _FIRST_S * (1 + place)
        while at_s < _LATEST_S:
            call = _call(rng, at_s + rng.uniform(-_JITTER_S, _JITTER_S), hotspot_id)
            at_s += _EVERY_S
            if call is not None:
                calls.append(call)
    every, which = _WRONG_PLACE
    if number % every == which:
        calls.append(Task(2 * 3600.0, 900.0, CONTROL))
    return calls


def _call(rng: np.random.Generator, at_s: float, hotspot_id: str) -> Task | None:
    usual_s, chance = rng.uniform(13, 17) * 60, rng.random()
    if hotspot_id == _DEPENDABLE or chance < 0.75:  # noqa: PLR2004 - shares of all calls
        return Task(at_s, usual_s, hotspot_id)
    if chance < 0.82:  # noqa: PLR2004
        return None
    if chance < 0.90:  # noqa: PLR2004
        return Task(at_s, usual_s / 3, hotspot_id)
    if chance < 0.95:  # noqa: PLR2004
        return Task(at_s, usual_s / 3, hotspot_id, called_away=True)
    return Task(at_s, usual_s * 2, hotspot_id)


def _fits(task: Task, sheet: list[Task]) -> bool:
    return all(
        task.at_s >= other.at_s + other.lasts_s + _WALK_S
        or other.at_s >= task.at_s + task.lasts_s + _WALK_S
        for other in sheet
    )
