"""Promises, tables, the page and the picture."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.truth.figures import Figures
from tests.truth.page import END, summary, with_figures, with_signals
from tests.truth.picture import draw
from tests.truth.promises import Promise, promise_of, verdict
from tests.truth.signals.figures import Figures as SignalFigures
from tests.truth.signals.outages import Retold
from tests.truth.table import markdown, passing_markdown
from tests.truth.worlds import Cell

PAGE = Path(__file__).parents[3] / "docs" / "accuracy.md"
FIGURES = Figures(
    minutes=20,
    bias=0.04,
    low=-0.2,
    high=0.3,
    held=0.95,
    rms=0.1,
    counted=-0.3,
    straight=-0.2,
    fenced=0.4,
)
OFF = FIGURES._replace(bias=-0.07, held=0.89)
SILENCE = SignalFigures(
    losses=100,
    found=99,
    told=99,
    punctual=99,
    delay_s=0.9,
    hidden_s=60,
    false=Counter(),
    masts=3,
    given=5,
    explained=5,
    outages=Retold(2, 2, 0),
)


@pytest.mark.parametrize(
    ("cell", "promise"),
    [
        (Cell(5, 50, 0), Promise(0.05, 0.9)),
        (Cell(60, 50, 30), Promise(0.05, 0.9)),
        (Cell(60, 50, 900), Promise(0.10, 0.9)),
        (Cell(300, 20, 900), Promise(0.10, 0.9)),
        (Cell(300, 50, 0), Promise(None, 0.9)),
        (Cell(60, 20, 30, 30), Promise(None, 0.9)),
        (Cell(900, 5, 0), Promise(None, None)),
    ],
)
def test_what_is_promised(cell: Cell, promise: Promise) -> None:
    assert promise_of(cell) == promise


def test_a_promise_is_broken_either_way() -> None:
    promise = Promise(0.05, 0.9)
    assert promise.broken(FIGURES) == []
    assert promise.broken(OFF) == ["bias", "held"]
    assert promise.broken(FIGURES._replace(bias=0.051)) == ["bias"]
    assert Promise(None, None).broken(OFF) == []


def test_the_verdict_says_what_was_promised() -> None:
    assert verdict(Cell(60, 20, 30), FIGURES) == "±5% kept, 90% of days kept"
    assert verdict(Cell(60, 20, 900), OFF) == "±10% kept, 90% of days not kept"
    assert verdict(Cell(900, 20, 30), OFF) == "-"


def test_the_tables_have_a_line_for_each_cell() -> None:
    rows = {Cell(60, 20, 0): FIGURES, Cell(60, 20, 30, 30): OFF}
    head, rule, *lines = markdown(rows).splitlines()
    assert head.count("|") == rule.count("|") == lines[0].count("|")
    assert lines[0].startswith("| 60 s | 20 m | one fix | +4.0% | -20% to +30% | 95% | 10% |")
    assert lines[1].startswith("| 60 s | 20 m and 30 m one way | 30 s | -7.0% |")
    assert passing_markdown(rows).splitlines()[2] == (
        "| 60 s | 20 m | 20 min | 21 min | 16 to 26 | 14 min | 28 min |"
    )


def test_the_page_takes_new_figures_in_the_place_of_the_old() -> None:
    words = PAGE.read_text()
    once = with_figures(words, {Cell(60, 20, 0): FIGURES}, {Cell(60, 20, 30): FIGURES})
    again = with_figures(once, {Cell(60, 20, 0): OFF}, {Cell(60, 20, 30): OFF})
    assert "+4.0%" in once
    assert "+4.0%" not in again
    assert "-7.0%" in again
    assert (
        again.partition("##")[2].partition("<!--")[0]
        == words.partition("##")[2].partition("<!--")[0]
    )


def test_the_signal_table_takes_its_own_place_on_the_page_and_no_other() -> None:
    words = with_figures(PAGE.read_text(), {Cell(60, 20, 0): OFF}, {Cell(60, 20, 30): OFF})
    once = with_signals(words, {"a world": SILENCE})
    again = with_signals(once, {"a world": SILENCE._replace(found=50)})
    row = "| a world | 100 | 99.0% | 0.9 s | 60 s | 0 | 3 | 5 of 5 | 2 of 2 | kept |"
    assert row in once
    assert row not in again
    assert "not kept: losses found" in again
    assert once.partition("## Silence")[0] == words.partition("## Silence")[0]
    assert once.rpartition(END)[2] == words.rpartition(END)[2]


def test_a_page_without_a_place_for_them_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_figures(f"words {END}", {}, {})
    with pytest.raises(ValueError, match="signals"):
        with_signals(f"words {END}", {"a world": SILENCE})


def test_the_summary_counts_the_rows() -> None:
    rows = {Cell(60, 20, 0): OFF, Cell(60, 20, 30): FIGURES, Cell(300, 50, 0): FIGURES}
    assert summary(rows) == (
        "Bias as promised in 1 of the 2 rows that promise one; "
        "bounds that hold 90% of the days in 2 of 3."
    )


def test_the_same_figures_give_the_same_picture(tmp_path: Path) -> None:
    rows = {Cell(refresh, 20, 30): FIGURES for refresh in (5, 60)}
    rows |= {Cell(60, 20, 30, 30): OFF}
    draw(rows, tmp_path / "a.svg")
    draw(rows, tmp_path / "b.svg")
    picture = (tmp_path / "a.svg").read_text()
    assert picture == (tmp_path / "b.svg").read_text()
    assert "counting pings" in picture
    draw(rows | {Cell(5, 20, 30): OFF}, tmp_path / "b.svg")
    assert picture != (tmp_path / "b.svg").read_text()
