"""The parts of an open embedded log, for those who work with several of them."""

from __future__ import annotations

from dataclasses import dataclass

from services.eventlog.embedded.arrivals import Arrivals
from services.eventlog.embedded.reader import Reader
from services.eventlog.embedded.store import Layout
from services.eventlog.embedded.writer import Writer


@dataclass(frozen=True, slots=True)
class Parts:
    """Where things are, who reads, who writes, who waits."""

    layout: Layout
    reader: Reader
    writer: Writer
    arrivals: Arrivals
