"""What is promised of every world, and whether it is kept."""

from __future__ import annotations

from tests.truth.signals.figures import Figures

FOUND = 0.99
EXPLAINED = 0.99


def broken(figures: Figures) -> list[str]:
    """Which promises are not kept, in words.

    - 99 % of the true losses that outlast the threshold are found;
    - each is declared within 2 s of the threshold, after an outage that hid it within 2 s of a
      threshold more, and it ends within 2 s of when the unit is heard again;
    - nobody is alarmed by anything else;
    - 99 % of the reasons that were given are understood;
    - each outage of a source or of the pipeline is told once, and none that was not.
    """
    promises = {
        "losses found": figures.recall >= FOUND,
        "on time": figures.punctual == figures.told,
        "no false alarm": not figures.false,
        "reasons understood": figures.explained >= EXPLAINED * figures.given,
        "outages told once": figures.outages.once == figures.outages.lasting,
        "none invented": figures.outages.invented == 0,
    }
    return [name for name, kept in promises.items() if not kept]


def verdict(figures: Figures) -> str:
    """Whether all is kept, or what is not."""
    missing = broken(figures)
    return f"not kept: {', '.join(missing)}" if missing else "kept"
