"""The rounds of snapshots: what is due when, and from where a restore may start."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.geofence.rounds import ROUND_MS, Rounds


def test_a_partition_where_nothing_changes_restores_from_its_last_commit() -> None:
    rounds = Rounds(0, b"old")
    assert rounds.due(40, 1_000, [], lambda: b"new") == []
    assert (rounds.start, rounds.body) == (40, b"new")


def test_a_round_is_spread_over_its_length_and_then_moves_the_start() -> None:
    rounds = Rounds(0, b"at 0")
    units = ["a", "b", "c", "d"]
    assert rounds.due(10, 0, units, lambda: b"at 10") == []
    half = rounds.due(20, ROUND_MS // 2, units, lambda: b"at 20")
    assert len(half) == 2
    assert (rounds.start, rounds.body) == (0, b"at 0")
    rest = rounds.due(30, ROUND_MS, units, lambda: b"at 30")
    assert sorted(half + rest) == units
    # Units changed between 10 and 30 are not all written: a restore starts where the round did.
    assert (rounds.start, rounds.body) == (10, b"at 10")


def test_a_unit_that_changes_during_a_round_waits_for_the_next() -> None:
    rounds = Rounds(0, b"")
    rounds.due(10, 0, ["a"], lambda: b"")
    assert rounds.due(20, ROUND_MS, ["a", "b"], lambda: b"") == ["a"]
    rounds.due(30, ROUND_MS, ["b"], lambda: b"")
    assert rounds.due(40, 2 * ROUND_MS, ["b"], lambda: b"") == ["b"]
    assert rounds.start == 30


def test_history_read_faster_than_it_happened_writes_every_unit_at_once() -> None:
    rounds = Rounds(0, b"")
    rounds.due(10, 0, ["a", "b"], lambda: b"")
    assert sorted(rounds.due(20, 50 * ROUND_MS, ["a", "b"], lambda: b"")) == ["a", "b"]


def test_after_an_orderly_stop_there_is_nothing_to_replay() -> None:
    rounds = Rounds(0, b"")
    rounds.due(10, 0, ["a"], lambda: b"")
    rounds.finish(25, b"at 25")
    assert (rounds.start, rounds.body) == (25, b"at 25")
    assert rounds.due(26, ROUND_MS, [], lambda: b"at 26") == []


@given(
    st.lists(
        st.tuples(
            st.integers(min_value=0, max_value=ROUND_MS),
            st.sets(st.sampled_from("abcdefgh")),
        ),
        max_size=60,
    )
)
def test_every_unit_is_whole_from_the_start_on(commits: list[tuple[int, set[str]]]) -> None:
    """At each commit: no unit changed below S after the snapshot that a restore would take."""
    rounds, time, last_written = Rounds(0, b""), 0, dict[str, int]()
    history: dict[str, list[int]] = {}
    starts = [0]
    for index, (elapsed, touched) in enumerate(commits):
        offset, time = 10 * (index + 1), time + elapsed
        for radio_id in touched:
            history.setdefault(radio_id, []).append(offset - 1)
        changed = [r for r, offsets in history.items() if offsets[-1] >= last_written.get(r, 0)]
        for radio_id in rounds.due(offset, time, changed, lambda: b""):
            last_written[radio_id] = offset
        starts.append(rounds.start)
        for radio_id, offsets in history.items():
            written = last_written.get(radio_id, 0)
            assert not [change for change in offsets if written <= change < rounds.start]
    assert all(before <= after for before, after in pairwise(starts))
