"""A real Apache Kafka for developing and for the tests: one node, in a folder, on 127.0.0.1.

    python -m deploy.kafka.broker --port 9092 --data var/kafka

The node is broker and controller at once. Its jars come from Maven Central by ``pom.xml``. This is
no example of a cluster for real use: one node keeps each record once, and anybody may connect.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from deploy.kafka.node import Missing, Node, free_port, new_cluster_id, require
from deploy.kafka.properties import Listener, properties

__all__ = ["Broker", "Missing", "free_port", "require"]


class Broker(Node):
    """One node of Kafka with its data in ``folder``; on a free port unless told which."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self._port = port or free_port()
        folder = folder.resolve()
        listeners = [Listener("PLAINTEXT", self._port, self._port)]
        text = properties(1, folder, listeners, voters={1: free_port()})
        super().__init__(folder, text, new_cluster_id())

    @property
    def bootstrap(self) -> str:
        """Where clients connect."""
        return f"127.0.0.1:{self._port}"


def main() -> None:
    """Run a node in the foreground until it is told to stop."""
    parser = argparse.ArgumentParser(description="Run one node of Apache Kafka for developing.")
    parser.add_argument("--port", type=int, default=9092)
    parser.add_argument("--data", type=Path, required=True, help="folder for its data and log")
    arguments = parser.parse_args()
    broker = Broker(arguments.data, arguments.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        broker.start()
    except (Missing, TimeoutError) as error:
        sys.exit(str(error))
    print(f"Kafka is ready at {broker.bootstrap}; Ctrl-C stops it", flush=True)  # noqa: T201
    try:
        sys.exit(broker.wait())
    except KeyboardInterrupt:
        broker.stop()


if __name__ == "__main__":
    main()
