"""The list of dead letters: the newest of them as rows, and the rows as a table."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from rich.table import Column, Table
from rich.text import Text

from services.cli.letters import Letter, Place
from services.contracts.people import Audit

LONGEST_SHOWN = 64
"""Characters of a key or a kind: no id is longer."""


class Row(NamedTuple):
    """What the list says of a letter; the bytes of the original are not kept."""

    at: int
    place: Place
    origin: str
    key: str
    kind: str
    size: int
    reason: str

    @classmethod
    def of(cls, letter: Letter) -> Row:
        """The row of a letter."""
        key = (letter.quoted.key or b"").decode(errors="backslashreplace")
        return cls(
            at=letter.at,
            place=letter.place,
            origin=letter.origin,
            key=printable(key)[:LONGEST_SHOWN],
            kind=printable(letter.kind or "")[:LONGEST_SHOWN],
            size=letter.size,
            reason=printable(letter.quoted.reason),
        )


class Newest:
    """The newest ``most`` of the letters ``seen`` so far."""

    def __init__(self, most: int) -> None:
        self.seen = 0
        self._most = most
        self._rows: list[Row] = []

    def see(self, letter: Letter) -> None:
        """Take in one more."""
        self.seen += 1
        row = Row.of(letter)
        if len(self._rows) < self._most:
            heapq.heappush(self._rows, row)
        else:
            heapq.heappushpop(self._rows, row)

    def rows(self) -> list[Row]:
        """Their rows, the newest last."""
        return sorted(self._rows)


def table(rows: list[Row], marks: Mapping[Place, Audit]) -> Table:
    """The rows as a table; ``marks`` tell which letters were replayed."""
    shown = Table(
        Column("id", no_wrap=True),
        Column("written", no_wrap=True),
        Column("original", overflow="fold"),
        Column("key", overflow="fold"),
        Column("kind", overflow="fold"),
        Column("bytes", justify="right", no_wrap=True),
        Column("reason", overflow="fold"),
        Column("replayed", overflow="fold"),
    )
    for row in rows:
        mark = marks.get(row.place)
        cells = (
            str(row.place),
            when(row.at),
            row.origin,
            row.key,
            row.kind,
            f"{row.size:,}",
            row.reason,
            "" if mark is None else f"{when(mark.at)} by {printable(mark.who)}",
        )
        shown.add_row(*map(Text, cells))  # what is quoted is no markup
    return shown


def when(ms: int) -> str:
    """A time for people, in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(" ", "seconds")


def printable(text: str) -> str:
    """The text with whatever would command the terminal spelt out."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )
