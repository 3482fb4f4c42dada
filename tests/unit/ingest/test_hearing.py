"""For how many radios a source was heard, and how soon that is forgotten."""

from __future__ import annotations

import pytest

from services.ingest import hearing
from services.ingest.hearing import REMEMBERED_MS, Hearing

NOW = 1_780_000_000_000


def test_each_source_counts_each_of_its_radios_once() -> None:
    heard = Hearing()
    heard.hear("acme", ["R1", "R2", "R1"], NOW)
    heard.hear("acme", ["R2", "R3"], NOW + 1)
    heard.hear("other", ["R1"], NOW + 2)
    assert heard.radios(NOW + 2) == {"acme": 3, "other": 1}
    assert heard.sources == {"acme": NOW + 1, "other": NOW + 2}


@pytest.mark.parametrize(
    ("later", "radios"),
    [
        (REMEMBERED_MS - 1, {"acme": 3}),
        (REMEMBERED_MS, {"acme": 2}),
        (REMEMBERED_MS + 9, {"acme": 2}),
        (REMEMBERED_MS + 10, {"acme": 1}),
        (REMEMBERED_MS + 20, {}),
    ],
)
def test_a_radio_counts_for_a_quarter_of_an_hour_from_when_it_was_last_heard(
    later: int, radios: dict[str, int]
) -> None:
    heard = Hearing()
    heard.hear("acme", ["often", "once"], NOW)
    heard.hear("acme", ["twice"], NOW)
    heard.hear("acme", ["twice"], NOW + 10)
    heard.hear("acme", ["often"], NOW + 20)
    assert heard.radios(NOW + 20) == {"acme": 3}
    assert heard.radios(NOW + later) == radios
    assert heard.sources == {"acme": NOW + 20}


def test_a_source_that_comes_back_counts_anew() -> None:
    heard = Hearing()
    heard.hear("acme", ["R1", "R2"], NOW)
    assert heard.radios(NOW + REMEMBERED_MS) == {}
    heard.hear("acme", ["R2"], NOW + REMEMBERED_MS)
    assert heard.radios(NOW + REMEMBERED_MS) == {"acme": 1}


def test_ever_new_ids_take_no_more_than_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "MOST_RADIOS", 3)
    heard = Hearing()
    for number in range(10):
        heard.hear("acme", [f"R{number}", f"S{number}"], NOW + number)
    assert heard.radios(NOW + 9) == {"acme": 3}
    assert heard.radios(NOW + 8 + REMEMBERED_MS) == {"acme": 2}
