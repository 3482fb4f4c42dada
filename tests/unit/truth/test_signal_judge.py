"""How the signal table judges: tellings made up by hand against a truth made up by hand."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

import pytest

from services.contracts.derived import Signal
from tests.support.square import NOON
from tests.truth.signals.figures import Figures, figures_of
from tests.truth.signals.force import Unit
from tests.truth.signals.outages import Retold
from tests.truth.signals.promises import broken, verdict
from tests.truth.signals.table import markdown, summary
from tests.truth.signals.telling import Telling, Told
from tests.truth.signals.truth import Absence, Outage, Truth
from tests.truth.signals.worlds import Down, Kind, SourceOf, Span, World

SOURCE = SourceOf(name="s", interval_s=60, jitter=0.0)
UNIT = Unit("r-0", SOURCE, 0, 0.0, 0.0)
LAST, AGAIN, DUE = 1_000_000, 2_000_000, 1_180_000
GATEWAY = Outage("gateway", "s", Span(900_000, 1_500_000), frozenset(["s"]))
GAP = Outage("gap", "", Span(900_000, 1_500_000), frozenset(["s"]))

Cause = Literal["unexpected", "explained", "source", "pipeline"]
Type = Literal["lost", "no_position", "frozen"]


class Said(NamedTuple):
    """A signal of the unit, or without one."""

    at: int
    cause: Cause = "unexpected"
    type: Type = "lost"
    episode: str = "e"
    ended: bool = False
    of: str | None = "r-0"
    source: str | None = "s"

    @property
    def telling(self) -> Telling:
        signal = Signal(
            episode_id=self.episode,
            type=self.type,
            cause=self.cause,
            declared_at=NOON + self.at,
            revision=self.at,
            radio_id=self.of,
            source=self.source,
            last_heard_at=NOON + LAST,
            ended_at=NOON + self.at if self.ended else None,
        )
        return Telling(self.at, signal)


def absence(kind: Kind = "broken", *, deadline: int = DUE, said_at: int = 0) -> Absence:
    silent = kind not in {"blind", "stuck"}
    return Absence(kind, LAST, AGAIN, DUE, deadline, said_at, silent)


def judged(
    *said: Said,
    truth: Absence | None = None,
    outages: tuple[Outage, ...] = (),
    masts: tuple[Down, ...] = (),
    unalarmed: str = "",
) -> Figures:
    """By default a unit whose loss, if any, every control room was alarmed by."""
    world = World(
        name="w", seed=1, happenings={}, sources=[SOURCE], outages=list(masts), units=1, masts=1
    )
    absences = {} if truth is None else {0: truth}
    alarms = {each.episode for each in said if each.cause == "unexpected"} - {unalarmed}
    told = Told([UNIT], Truth(absences, list(outages)), [[each.telling for each in said]], alarms)
    return figures_of(world, told)


ENDED = Said(AGAIN + 500, ended=True)


def test_a_loss_that_is_told_and_ended_on_time_keeps_every_promise() -> None:
    figures = judged(Said(DUE + 900), ENDED, truth=absence())
    assert (figures.losses, figures.found, figures.punctual) == (1, 1, 1)
    assert figures.delay_s == 0.9
    assert broken(figures) == []


@pytest.mark.parametrize(
    "said",
    [
        (Said(DUE - 1), ENDED),
        (Said(DUE + 2_001), ENDED),
        (Said(DUE), Said(AGAIN + 2_001, ended=True)),
        (Said(DUE), Said(AGAIN - 1, ended=True)),
        (Said(DUE),),
    ],
    ids=["early", "late", "ended late", "ended early", "never ended"],
)
def test_a_loss_that_is_not_told_on_time_is_found_all_the_same(said: tuple[Said, ...]) -> None:
    figures = judged(*said, truth=absence())
    assert figures.found == 1
    assert broken(figures) == ["on time"]


@pytest.mark.parametrize(
    ("said", "unalarmed"),
    [
        ((), ""),
        ((Said(DUE, "explained"), ENDED._replace(cause="explained")), ""),
        ((Said(DUE), ENDED), "e"),
    ],
    ids=["not told", "told as explained", "taken for an area's"],
)
def test_a_loss_nobody_is_alarmed_by_is_missed(said: tuple[Said, ...], unalarmed: str) -> None:
    figures = judged(*said, truth=absence(), unalarmed=unalarmed)
    assert (figures.losses, figures.found, figures.recall) == (1, 0, 0.0)
    assert broken(figures) == ["losses found"]


def test_a_loss_too_short_to_be_told_is_not_asked_for() -> None:
    figures = judged(truth=absence(deadline=AGAIN))
    assert (figures.losses, figures.recall) == (0, 1.0)
    assert broken(figures) == []


def test_one_that_an_outage_hid_may_be_told_a_threshold_after_it() -> None:
    hidden = absence(deadline=1_680_000)
    figures = judged(Said(1_681_000), ENDED, truth=hidden)
    assert (figures.delay_s, figures.hidden_s) == (0.0, 181.0)
    assert broken(figures) == []
    assert broken(judged(Said(1_682_001), ENDED, truth=hidden)) == ["on time"]


@pytest.mark.parametrize(
    ("said", "truth", "false"),
    [
        (Said(DUE), None, "nothing"),
        (Said(DUE), absence("flat_battery"), "flat_battery"),
        (Said(DUE, type="no_position"), absence(), "broken as no_position"),
        (Said(DUE), absence("said_late", said_at=1_300_000), "said_late"),
    ],
)
def test_an_alarm_for_anything_else_is_false(said: Said, truth: Absence | None, false: str) -> None:
    assert judged(said, truth=truth).false == Counter([false])


def test_a_loss_told_twice_is_one_alarm_too_many() -> None:
    again = Said(DUE + 1_000, episode="f")
    assert judged(Said(DUE), ENDED, again, truth=absence()).false == Counter(["broken again"])


@pytest.mark.parametrize("outage", [GATEWAY, GAP])
def test_an_alarm_about_an_outage_names_it(outage: Outage) -> None:
    assert judged(Said(DUE), outages=(outage,)).false == Counter([outage.kind])


@pytest.mark.parametrize(("unalarmed", "false"), [("", Counter(["mast"])), ("e", Counter())])
def test_units_of_a_mast_are_false_alarms_unless_the_area_is_seen(
    unalarmed: str, false: Counter[str]
) -> None:
    mast = Down(kind="mast", masts=[0], at_min=[18], for_min=[5])
    figures = judged(Said(DUE), masts=(mast,), unalarmed=unalarmed)
    assert figures.masts == 1
    assert figures.false == false


@pytest.mark.parametrize(
    ("said", "explained"),
    [
        ((Said(DUE, "explained"),), 1),
        ((), 0),
    ],
)
def test_a_reason_is_understood_where_it_is_told(said: tuple[Said, ...], explained: int) -> None:
    figures = judged(*said, truth=absence("said_why"))
    assert (figures.given, figures.explained) == (1, explained)
    assert broken(figures) == ([] if explained else ["reasons understood"])


@pytest.mark.parametrize(("at", "is_kept"), [(1_302_000, True), (1_302_001, False)])
def test_a_late_reason_is_taken_in_as_it_comes(at: int, *, is_kept: bool) -> None:
    late = absence("said_late", said_at=1_300_000)
    figures = judged(Said(DUE), Said(at, "explained"), truth=late)
    assert (broken(figures) == []) == is_kept


OF_SOURCE = Said(1_100_000, "source", of=None)
OF_GAP = Said(1_500_500, "pipeline", of=None, source=None)


@pytest.mark.parametrize(
    ("outage", "said", "retold"),
    [
        (GATEWAY, (OF_SOURCE,), Retold(1, 1, 0)),
        (GATEWAY, (), Retold(1, 0, 0)),
        (GATEWAY, (OF_SOURCE, OF_SOURCE._replace(episode="f")), Retold(1, 0, 0)),
        (GATEWAY, (OF_SOURCE._replace(source="t"),), Retold(1, 0, 1)),
        (GATEWAY, (OF_SOURCE._replace(at=1_502_001),), Retold(1, 0, 1)),
        (GATEWAY, (OF_GAP,), Retold(1, 0, 1)),
        (GAP, (OF_GAP,), Retold(1, 1, 0)),
        (GAP._replace(span=Span(1_490_000, 1_500_000)), (), Retold(0, 0, 0)),
    ],
    ids=["once", "never", "twice", "another's", "too late", "as ours", "a gap", "too short"],
)
def test_an_outage_is_told_once(outage: Outage, said: tuple[Said, ...], retold: Retold) -> None:
    assert judged(*said, outages=(outage,)).outages == retold


def test_the_table_says_what_is_not_kept() -> None:
    rows = {"one": judged(Said(DUE), ENDED, truth=absence()), "two": judged(Said(DUE))}
    head, rule, one, two = markdown(rows).splitlines()
    assert head.count("|") == rule.count("|") == one.count("|") == two.count("|")
    assert one == "| one | 1 | 100.0% | 0.0 s | - | 0 | - | - | - | kept |"
    assert verdict(rows["two"]) == "not kept: no false alarm"
    assert "1 (nothing)" in two
    assert summary(rows) == (
        "Found 1 of 1 true losses (100.0%), with 1 false alarms; all as promised in 1 of 2 worlds."
    )
