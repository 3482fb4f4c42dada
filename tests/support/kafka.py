"""A real Kafka for the tests that need one: one broker a session, fresh topics for each test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.broker import Broker, Missing, require
from services.eventlog.places import Kafka
from services.eventlog.topics import create_topics

PARTITIONS = 4
"""Of the topics of one test: few, since each costs the broker a moment."""


def require_broker() -> None:
    """Skip the test where no broker can be run, saying what to install; fail where it must run.

    STEPSIX_TEST_REQUIRE names what must not be missing, separated by commas.
    """
    try:
        require()
    except Missing as missing:
        if "kafka" in os.environ.get("STEPSIX_TEST_REQUIRE", "").split(","):
            pytest.fail(f"Kafka is required here: {missing}")
        pytest.skip(f"needs Kafka: {missing}")


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker for the whole session. Do not stop it: start your own for that."""
    require_broker()
    broker = Broker(tmp_path_factory.mktemp("kafka"))
    broker.start()
    yield broker
    broker.kill()  # a stop in order takes 10 s, and nobody needs the data


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker of the test's own, which it may kill and let hang."""
    require_broker()
    broker = Broker(tmp_path)
    broker.start()
    yield broker
    broker.kill()


async def fresh_kafka(broker: Broker, partitions: int = PARTITIONS) -> Kafka:
    """Topics of its own on the broker: a place that nobody else writes to."""
    place = Kafka(broker.bootstrap, prefix=f"test-{uuid.uuid4().hex[:8]}.")
    await create_topics(place, partitions, replication=1)
    return place


@pytest.fixture
async def kafka(broker: Broker) -> Kafka:
    """Fresh topics on the session's broker."""
    return await fresh_kafka(broker)
