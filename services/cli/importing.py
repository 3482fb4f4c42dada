"""Putting what a file holds through a running ingest, and the table of what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from rich.table import Column, Table
from rich.text import Text

from services.cli.entries import Entry
from services.cli.letter_list import printable
from services.simulator.sending import Link

LOT = 5_000
"""How many one request may hold."""


@dataclass(frozen=True, slots=True)
class Import:
    """A file's kind of thing, what ``name`` it has, and its ``path``; a trial puts nothing."""

    name: str
    path: str
    trial: bool

    async def put(self, link: Link, entries: Sequence[Entry]) -> dict[str, int]:
        """Put those without fault; gives the versions of those put, and notes the others' faults.

        Raises NotSent.
        """
        versions: dict[str, int] = {}
        ready = [entry for entry in entries if not entry.faults]
        for start in range(0, len(ready), LOT):
            lot = ready[start : start + LOT]
            answer = await link.request(
                "PUT",
                self.path,
                [entry.body for entry in lot],
                query={"dry_run": "1"} if self.trial else {},
                expected=(HTTPStatus.UNPROCESSABLE_ENTITY,),
            )
            verdicts: dict[str, Any] = answer.json()
            versions |= verdicts.get("versions", {})
            for each in verdicts["rejected"]:
                words = each["message"].removeprefix(f"{each['field']}: ")
                entry = lot[each["index"]]
                entry.faults.append(entry.fault_at(each["field"], words))
        return versions

    def table(self, entries: Sequence[Entry], versions: dict[str, int]) -> Table:
        """What became of each."""
        shown = Table(
            Column(self.name, overflow="fold"),
            Column("rows", overflow="fold"),
            Column("", overflow="fold"),
        )
        for entry in entries:
            if entry.faults:
                result = "\n".join(printable(f"not put: {fault}") for fault in entry.faults)
            elif self.trial:
                result = "in order"
            else:
                result = f"put, version {versions[entry.id_]}"
            rows = " ".join(map(str, entry.rows))
            shown.add_row(*map(Text, (printable(entry.id_), rows, result)))
        return shown

    def summary(self, entries: Sequence[Entry]) -> str:
        """How many were put and how many were not."""
        faulty = sum(bool(entry.faults) for entry in entries)
        fine = len(entries) - faulty
        if self.trial:
            return f"{fine} in order, {faulty} not; none was put."
        return f"{fine} put, {faulty} not."
