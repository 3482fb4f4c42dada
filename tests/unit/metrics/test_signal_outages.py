"""Every partition tells of an outage; it is shown once."""

from __future__ import annotations

from msgspec.structs import replace

from services.metrics.outages import Outages
from tests.support.derived import NOON, an_outage

BLIND = replace(an_outage("b-0"), type="no_position", reason="ahead")


def test_what_every_partition_tells_is_one_outage() -> None:
    outages = Outages()
    [first] = outages.apply(0, an_outage(declared_at=NOON + 900)).shown
    [earlier] = outages.apply(1, an_outage(declared_at=NOON + 400)).shown
    assert (first.episode_id, earlier.episode_id) == ("o-1", "o-1")
    assert earlier.declared_at == NOON + 400
    [over] = outages.apply(
        1, an_outage(declared_at=NOON + 400, revision=5, ended_at=NOON + 9)
    ).shown
    assert over.ended_at == NOON + 9
    assert outages.apply(0, an_outage(declared_at=NOON + 900, revision=7)).shown[0].ended_at


def test_an_older_word_of_the_same_partition_counts_no_more() -> None:
    outages = Outages()
    outages.apply(0, an_outage(revision=5, ended_at=NOON + 9))
    assert outages.apply(0, an_outage(revision=4)) == ([], [])
    assert outages.apply(1, an_outage(revision=1)) == ([], [])


def test_a_source_that_partitions_see_blind_one_after_the_other_is_blind_once() -> None:
    outages = Outages()
    outages.apply(0, replace(BLIND, episode_id="b-0", declared_at=NOON + 60_000))
    retold = outages.apply(1, replace(BLIND, episode_id="b-1", declared_at=NOON))
    assert [each.episode_id for each in retold.shown] == ["b-1"]
    assert retold.gone == ["b-0"]
    half = replace(BLIND, episode_id="b-1", declared_at=NOON, revision=2, ended_at=NOON + 99_000)
    assert outages.apply(1, half).shown[0].ended_at is None
    rest = replace(BLIND, declared_at=NOON + 60_000, revision=2, ended_at=NOON + 120_000)
    assert outages.apply(0, rest).shown[0].ended_at == NOON + 120_000


def test_blind_again_an_hour_later_is_another_outage() -> None:
    outages = Outages()
    outages.apply(0, replace(BLIND, ended_at=NOON + 60_000))
    again = outages.apply(0, replace(BLIND, episode_id="b-9", declared_at=NOON + 3_600_000))
    assert [each.episode_id for each in again.shown] == ["b-9"]
    assert again.gone == []


def test_for_another_reason_it_is_another_outage() -> None:
    outages = Outages()
    outages.apply(0, BLIND)
    other = outages.apply(1, replace(BLIND, episode_id="b-2", reason="vague"))
    assert [each.episode_id for each in other.shown] == ["b-2"]


def test_it_is_over_when_the_first_partition_says_so() -> None:
    outages = Outages()
    outages.apply(0, an_outage(revision=2, ended_at=NOON + 900))
    assert (
        outages.apply(1, an_outage(revision=2, ended_at=NOON + 400)).shown[0].ended_at == NOON + 400
    )
    assert outages.apply(2, an_outage(revision=2, ended_at=NOON + 700)) == ([], [])
