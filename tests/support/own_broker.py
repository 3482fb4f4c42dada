"""A broker that a test may kill and let hang, with topics and a token on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka.broker import Broker
from services.eventlog.places import Kafka
from tests.support.deployment import stepsix
from tests.support.kafka import require_broker

PARTITIONS = 3


@dataclass(frozen=True, slots=True)
class OwnBroker:
    """The broker and an admin token of the deployment on it."""

    broker: Broker
    token: str

    @property
    def place(self) -> Kafka:
        """Where its log is."""
        return Kafka(self.broker.bootstrap)

    @property
    def options(self) -> tuple[str, str]:
        """How a command is told of it."""
        return "--kafka", self.broker.bootstrap

    def lose(self, how: str) -> None:
        """Have it ``killed``, or ``paused``: connections are taken and nothing is answered."""
        if how == "killed":
            self.broker.kill()
        else:
            self.broker.pause()

    def bring_back(self, how: str) -> None:
        """Have it answer again."""
        if how == "killed":
            self.broker.start()
        else:
            self.broker.resume()


@contextmanager
def own_broker(folder: Path) -> Iterator[OwnBroker]:
    """A broker with all topics, gone at the end."""
    require_broker()
    broker = Broker(folder)
    broker.start()
    try:
        on_it = ("--kafka", broker.bootstrap)
        made = stepsix("topics", "create", "--partitions", str(PARTITIONS), *on_it)
        assert made.returncode == 0, made.stderr
        token = stepsix("token", "create", "--scope", "admin", *on_it)
        assert token.returncode == 0, token.stderr
        yield OwnBroker(broker, token.stdout.strip())
    finally:
        broker.kill()
