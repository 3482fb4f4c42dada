"""The signal table: a row for each world, for the terminal and for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.table import Table

from tests.truth.signals.figures import Figures
from tests.truth.signals.promises import broken, verdict

Rows = Mapping[str, Figures]
"""By the worlds' names."""

HEADINGS = (
    "world",
    "true losses",
    "found",
    "declared after the threshold by",
    "after an outage by",
    "false alarms",
    "silent for a mast",
    "reasons understood",
    "outages told once",
    "promised",
)


def terminal(rows: Rows) -> Table:
    """For people at a terminal."""
    table = Table(title="Radios that fell silent, against the truth")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == HEADINGS[0] else "right")
    for name, figures in rows.items():
        table.add_row(*_columns(name, figures))
    return table


def markdown(rows: Rows) -> str:
    """For the page."""
    rule = (":---", *("---:" for _ in HEADINGS[1:]))
    lines = [HEADINGS, rule, *(_columns(name, figures) for name, figures in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def summary(rows: Rows) -> str:
    """All worlds together, in words."""
    losses = sum(figures.losses for figures in rows.values())
    found = sum(figures.found for figures in rows.values())
    false = sum(figures.false.total() for figures in rows.values())
    kept = sum(not broken(figures) for figures in rows.values())
    return (
        f"Found {found} of {losses} true losses ({found / losses:.1%}), with {false} false alarms; "
        f"all as promised in {kept} of {len(rows)} worlds."
    )


def _columns(name: str, figures: Figures) -> tuple[str, ...]:
    outages = figures.outages
    return (
        name,
        f"{figures.losses}",
        f"{figures.recall:.1%}",
        f"{figures.delay_s:.1f} s",
        f"{figures.hidden_s:.0f} s" if figures.hidden_s else "-",
        _by_cause(figures.false),
        f"{figures.masts}" if figures.masts else "-",
        f"{figures.explained} of {figures.given}" if figures.given else "-",
        f"{outages.once} of {outages.lasting}" if outages.lasting else "-",
        verdict(figures),
    )


def _by_cause(false: Counter[str]) -> str:
    if not false:
        return "0"
    return ", ".join(f"{count} ({cause})" for cause, count in false.most_common())
