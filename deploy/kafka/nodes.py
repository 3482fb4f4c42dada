"""Several nodes of Kafka as one cluster on 127.0.0.1: each record is on three, and one may fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka.node import Node, new_cluster_id
from deploy.kafka.properties import Listener, properties

FRUGAL = ("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Several nodes share one machine, and are started more often than they are kept busy."""


@dataclass(frozen=True, slots=True)
class Berth:
    """Where one node listens: for the other controllers, and for brokers and clients.

    The brokers talk among themselves over the first listener.
    """

    controller_port: int
    listeners: Sequence[Listener]


def nodes(folder: Path, berths: Sequence[Berth]) -> list[Node]:
    """The nodes of one new cluster, one a berth, each with its data in a folder of its own."""
    voters = {number: berth.controller_port for number, berth in enumerate(berths, 1)}
    cluster_id = new_cluster_id()
    made = []
    for number, berth in enumerate(berths, 1):
        own = folder.resolve() / f"node-{number}"
        text = properties(number, own, berth.listeners, voters)
        made.append(Node(own, text, cluster_id, FRUGAL))
    return made


def start_all(made: Iterable[Node]) -> None:
    """Start nodes that need each other to start. Raises Missing, and TimeoutError."""
    with ThreadPoolExecutor() as threads:
        list(threads.map(Node.start, made))
