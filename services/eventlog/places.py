"""Where a log can be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.contracts.topics import DEFAULT_PARTITIONS


@dataclass(frozen=True, slots=True)
class Embedded:
    """A log in one file of this folder; ``partitions`` is chosen by the first opening."""

    data_dir: Path
    partitions: int = DEFAULT_PARTITIONS


@dataclass(frozen=True, slots=True)
class Kafka:
    """A Kafka cluster, reached at ``bootstrap``: HOST:PORT, several separated by commas.

    ``prefix`` stands before the name of every topic, group and transactional id, so that several
    deployments share one cluster.
    """

    bootstrap: str
    prefix: str = ""

    def connection(self) -> dict[str, Any]:
        """The settings with which every aiokafka client of this cluster connects."""
        return {"bootstrap_servers": self.bootstrap}

    def name(self, name: str) -> str:
        """A topic, group or transactional id as the cluster knows it."""
        return self.prefix + name
