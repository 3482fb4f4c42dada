"""The page ``docs/accuracy.md``: its words are written, its figures are the laboratory's own."""

from __future__ import annotations

from tests.truth.promises import HELD, promise_of
from tests.truth.signals import table as signal_table
from tests.truth.table import Rows, markdown, passing_markdown

END = "<!-- end of what make truth made -->"


def with_figures(page: str, rows: Rows, passing: Rows) -> str:
    """The page with both tables in the places of the last ones. Raises ValueError without those."""
    page = _with(page, "passing", passing_markdown(passing))
    return _with(page, "table", f"{summary(rows)}\n\n{markdown(rows)}")


def with_signals(page: str, rows: signal_table.Rows) -> str:
    """The page with the signal table in the place of the last. Raises ValueError without one."""
    made = f"{signal_table.summary(rows)}\n\n{signal_table.markdown(rows)}"
    return _with(page, "signals", made)


def _with(page: str, name: str, made: str) -> str:
    begin = f"<!-- {name}: made by make truth -->"
    before, began, rest = page.partition(begin)
    _, ended, after = rest.partition(END)
    if not began or not ended:
        msg = f"the page has no place between {begin} and {END}"
        raise ValueError(msg)
    return f"{before}{begin}\n\n{made}\n\n{END}{after}"


def summary(rows: Rows) -> str:
    """How many of the promises are kept, in words."""
    bias = [cell for cell in rows if promise_of(cell).bias is not None]
    held = [cell for cell in rows if promise_of(cell).held is not None]
    off = sum("bias" in promise_of(cell).broken(rows[cell]) for cell in bias)
    out = sum("held" in promise_of(cell).broken(rows[cell]) for cell in held)
    return (
        f"Bias as promised in {len(bias) - off} of the {len(bias)} rows that promise one; "
        f"bounds that hold {HELD:.0%} of the days in {len(held) - out} of {len(held)}."
    )
