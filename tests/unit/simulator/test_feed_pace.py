from collections.abc import AsyncIterator, Sequence

from services.simulator.feed import at_recorded_pace, fast
from services.simulator.tracks import Report

NOW = 1_780_000_000_000


def track(*times: int | None) -> list[Report]:
    return [
        Report(f"line {number}", {} if time is None else {"fix_time": time})
        for number, time in enumerate(times, start=1)
    ]


async def lines(batches: AsyncIterator[Sequence[Report]]) -> list[list[str]]:
    return [[report.where for report in batch] async for batch in batches]


async def test_fast_fills_requests_and_keeps_the_times() -> None:
    reports = track(*range(1, 1202))
    batches = [batch async for batch in fast(reports)]
    assert [len(batch) for batch in batches] == [500, 500, 201]
    assert [report for batch in batches for report in batch] == reports


async def test_at_the_recorded_pace_the_first_ping_is_of_now() -> None:
    reports = track(1000, 1000, None, 1060, 1120)
    begun = NOW
    clock = iter(range(begun, begun + 100_000, 10))
    batches = [batch async for batch in at_recorded_pace(reports, lambda: next(clock))]
    shifted = [report.time for batch in batches for report in batch]
    assert shifted == [begun, begun, None, begun + 60, begun + 120]


async def test_what_is_due_goes_together_and_the_rest_waits() -> None:
    # Each look at the clock is 10 ms after the last; the fourth report is due only at 500 ms.
    clock = iter(range(NOW, NOW + 100_000, 10))
    batches = at_recorded_pace(track(0, 5, None, 500), lambda: next(clock))
    assert await lines(batches) == [["line 1", "line 2", "line 3"], ["line 4"]]


async def test_a_track_without_times_goes_at_once() -> None:
    assert await lines(at_recorded_pace(track(None, None), lambda: NOW)) == [["line 1", "line 2"]]
    assert await lines(at_recorded_pace([], lambda: NOW)) == []


async def test_a_clock_that_steps_back_only_makes_it_wait() -> None:
    clock = iter([NOW, NOW - 20, *[NOW] * 9])
    assert await lines(at_recorded_pace(track(0, 0), lambda: next(clock))) == [["line 1", "line 2"]]
