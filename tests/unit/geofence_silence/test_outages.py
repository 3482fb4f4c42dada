"""Our outages and a source's: told once, and nobody is blamed for them."""

from __future__ import annotations

from services.contracts.telemetry import Tick
from tests.support.listening import Quiet, Said, saying
from tests.support.square import at, fix


def everybody(start: int, stop: int, radios: int = 5, **more: object) -> list[Said]:
    """A fix a minute of each radio, one after the other."""
    return [
        saying(fix(second + 7 * number, 100 * number, radio_id=f"r-{number}"), **more)
        for second in range(start, stop, 60)
        for number in range(radios)
    ]


def test_a_whole_source_that_falls_silent_is_one_episode() -> None:
    town = Quiet(radios=5)
    [silent] = town.until(600, *everybody(1, 180))
    assert (silent.cause, silent.type, silent.source) == ("source", "lost", "s")
    assert (silent.radio_id, silent.last_heard_at, silent.ended_at) == (None, at(149), None)
    assert silent.declared_at == at(149 + 180)
    [back] = town.until(920, *everybody(700, 890))
    assert (back.episode_id, back.ended_at) == (silent.episode_id, at(700))


def test_after_it_everybody_has_time_to_be_heard() -> None:
    town = Quiet(radios=5)
    town.until(600, *everybody(1, 180))
    signals = town.until(1000, *everybody(700, 990, radios=4))
    lost = [signal for signal in signals if signal.radio_id]
    assert [(each.radio_id, each.declared_at) for each in lost] == [("r-4", at(880))]


def test_with_two_radios_a_source_is_no_other_than_its_radios() -> None:
    lost = Quiet(radios=2).until(600, *everybody(1, 180, radios=2))
    assert [(each.radio_id, each.cause) for each in lost] == [
        ("r-0", "unexpected"),
        ("r-1", "unexpected"),
    ]


def test_a_source_most_of_whose_clocks_are_wrong_is_one_episode() -> None:
    town = Quiet(radios=5)
    town.until(200, *everybody(1, 180))
    [blind] = town.until(600, *everybody(240, 590, fix_time=at(9_000)))
    assert (blind.cause, blind.type, blind.reason) == ("source", "no_position", "ahead")
    [over] = town.until(900, *everybody(600, 890))
    assert over.episode_id == blind.episode_id
    assert over.ended_at is not None


def test_while_nothing_comes_through_nobody_is_silent() -> None:
    town = Quiet(radios=5)
    town.until(200, *everybody(1, 170))
    town.pass_over(2000)
    [gap] = town.until(2130, *everybody(2020, 2090))
    assert (gap.cause, gap.last_heard_at) == ("pipeline", at(200))
    assert gap.declared_at == gap.ended_at == at(2001)
    assert town.until(2200, *everybody(2140, 2160)) == []


def test_an_instance_that_hangs_is_waited_for() -> None:
    """What was posted to it may be lost: its source's radios are nobody's alarm meanwhile."""
    town = Quiet(radios=5)
    town.until(100, *everybody(1, 60), instance="a")
    [hangs] = town.until(500, *everybody(110, 490, radios=4), instance="b")
    assert (hangs.cause, hangs.instance, hangs.ended_at) == ("pipeline", "a", None)
    signals = town.until(1100, *everybody(530, 1060, radios=4), instance="b")
    gone, lost = signals
    assert (gone.episode_id, gone.ended_at) == (hangs.episode_id, at(701))
    assert (lost.radio_id, lost.cause, lost.declared_at) == ("r-4", "unexpected", at(881))


def test_an_instance_that_says_farewell_is_not() -> None:
    town = Quiet()
    town.until(50, fix(1, 0), instance="a")
    town.step(Tick(instance="a", at=at(51), reference_offset=0, farewell=True))
    assert town.until(170, fix(60, 0), instance="b") == []
