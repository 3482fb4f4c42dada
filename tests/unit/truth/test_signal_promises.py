"""The signal table in small: every world, and every promise kept."""

from __future__ import annotations

import pytest

from tests.truth.signals.promises import broken
from tests.truth.signals.running import row_of
from tests.truth.signals.worlds import World, Worlds


@pytest.mark.parametrize("world", list(Worlds.read().in_small()), ids=lambda world: world.name)
def test_what_is_promised_of_silence_is_kept(world: World) -> None:
    figures = row_of(world)
    assert broken(figures) == [], figures
    assert figures.losses > 0
