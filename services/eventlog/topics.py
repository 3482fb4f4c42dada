"""The catalogue's topics on a Kafka cluster: making them, and checking that they are right."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from services.contracts.topics import CATALOGUE, TELEMETRY, Topic
from services.eventlog.kafka.clients import REQUEST_MS, START_S, unavailable_on_error
from services.eventlog.limits import largest
from services.eventlog.places import Kafka
from services.eventlog.port import WrongTopics

BATCH_OVERHEAD_BYTES = 4_096
"""What Kafka adds to the largest record, generously."""


async def create_topics(where: Kafka, partitions: int, replication: int) -> list[str]:
    """Make the topics that are missing; the names of those made.

    ``replication`` is how many brokers keep each record; of two or more, two must have it before
    it is acknowledged. Raises WrongTopics where topics have another number of partitions: an
    output goes to its input's partition and a key must stay in its own, so it is chosen once.
    """
    async with _admin(where) as admin:
        counts = await _partition_counts(admin)
        if refused := _other_partitions(where, counts, partitions):
            raise WrongTopics("\n".join(refused))
        missing = [topic for topic in CATALOGUE if where.name(topic.name) not in counts]
        response: Any = await admin.create_topics(
            [
                NewTopic(
                    where.name(topic.name),
                    partitions if topic.partitioned else 1,
                    replication,
                    topic_configs=_required(topic) | _initial(topic, replication),
                )
                for topic in missing
            ]
        )
        for name, code, reason in response.topic_errors:
            error = for_code(code)
            if code and error is not TopicAlreadyExistsError:
                message = f"the topic {name} could not be made: {reason or error.__name__}"
                raise WrongTopics(message)
        await _await_leaders(admin, {where.name(topic.name) for topic in CATALOGUE})
    return [where.name(topic.name) for topic in missing]


async def check_topics(where: Kafka) -> int:
    """The number of partitions; raises WrongTopics, naming all that is missing or wrong.

    Retention, replication and the like are the force's to choose and are not looked at.
    """
    async with _admin(where) as admin:
        counts = await _partition_counts(admin)
        there = [topic for topic in CATALOGUE if where.name(topic.name) in counts]
        settings = await _settings(admin, [where.name(topic.name) for topic in there])
    missing = [where.name(topic.name) for topic in CATALOGUE if topic not in there]
    partitions = counts.get(where.name(TELEMETRY.name), 0)
    faults = [fault for topic in there for fault in _faults(where, topic, settings)]
    if missing:
        faults.append(
            f"missing: {', '.join(missing)}; make them with"
            f" stepsix topics create --kafka {where.bootstrap}"
        )
    else:
        faults += _other_partitions(where, counts, partitions)
    if faults:
        message = f"the topics on Kafka at {where.bootstrap} are not as they should be:\n"
        raise WrongTopics(message + "\n".join(faults))
    return partitions


def _required(topic: Topic) -> dict[str, str]:
    """The settings without which a topic does not work."""
    return {
        "cleanup.policy": "compact" if topic.compacted else "delete",
        "message.timestamp.type": "LogAppendTime" if topic.append_time else "CreateTime",
        "max.message.bytes": str(largest(topic) + BATCH_OVERHEAD_BYTES),
    }


def _initial(topic: Topic, replication: int) -> dict[str, str]:
    """The settings a topic is made with, and which may be changed afterwards."""
    settings = {"min.insync.replicas": str(min(2, replication))}
    if topic.compacted:
        # Only closed segments are compacted, and a restore reads all that has not been.
        settings |= {"segment.bytes": str(16 * 1024 * 1024), "min.cleanable.dirty.ratio": "0.3"}
    elif topic.retention is None:
        settings["retention.ms"] = "-1"
    else:
        settings["retention.ms"] = str(topic.retention // timedelta(milliseconds=1))
    return settings


def _faults(where: Kafka, topic: Topic, settings: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What is wrong with the settings of a topic, and how to mend it."""
    name = where.name(topic.name)
    found = settings[name]
    wrong = {
        key: value
        for key, value in _required(topic).items()
        if (int(found[key]) < int(value) if key == "max.message.bytes" else found[key] != value)
    }
    return [
        f"{name} has {key}={found[key]}, needs {value}: kafka-configs.sh --alter --topic {name}"
        f" --add-config {key}={value} --bootstrap-server {where.bootstrap}"
        for key, value in wrong.items()
    ]


def _other_partitions(where: Kafka, counts: Mapping[str, int], partitions: int) -> list[str]:
    """The topics that are there with another number of partitions."""
    wanted = {where.name(topic.name): partitions if topic.partitioned else 1 for topic in CATALOGUE}
    return [
        f"{name} has {counts[name]} partitions, needs {count}: the number is chosen once; ask for"
        " the number that is there, or make the topics anew on another cluster"
        for name, count in wanted.items()
        if counts.get(name, count) != count
    ]


@asynccontextmanager
async def _admin(where: Kafka) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**where.connection(), request_timeout_ms=REQUEST_MS)
    try:
        with unavailable_on_error(where, "answer about its topics"):
            async with asyncio.timeout(START_S):
                await admin.start()
                yield admin
    finally:
        await admin.close()


async def _partition_counts(admin: AIOKafkaAdminClient) -> dict[str, int]:
    topics = await admin.describe_topics()
    return {topic["topic"]: len(topic["partitions"]) for topic in topics}


async def _await_leaders(admin: AIOKafkaAdminClient, names: set[str]) -> None:
    """Wait until the brokers know of all these topics, and who leads each partition."""
    while True:
        topics = {topic["topic"]: topic for topic in await admin.describe_topics()}
        if names <= topics.keys() and all(
            partition["leader"] >= 0 for name in names for partition in topics[name]["partitions"]
        ):
            return
        await asyncio.sleep(0.1)


async def _settings(admin: AIOKafkaAdminClient, names: list[str]) -> dict[str, dict[str, str]]:
    """By topic: its settings, each as Kafka writes it."""
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    responses: list[Any] = await admin.describe_configs(resources)
    return {
        name: {key: value for key, value, *_ in entries}
        for response in responses
        for _, _, _, name, entries in response.resources
    }
