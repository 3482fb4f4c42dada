"""Topics on a real cluster: made once with the right settings, checked, and never changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.kafka.broker import Broker
from services.contracts.topics import CATALOGUE
from services.eventlog.opening import Kafka, open_log
from services.eventlog.port import Unavailable, WrongTopics
from services.eventlog.topics import check_topics, create_topics

pytestmark = pytest.mark.kafka
DAY_MS = timedelta(days=1) // timedelta(milliseconds=1)


@pytest.fixture
async def admin(broker: Broker) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    yield admin
    await admin.close()


async def settings(admin: AIOKafkaAdminClient, name: str) -> dict[str, str]:
    resource = ConfigResource(ConfigResourceType.TOPIC, name)
    responses: list[Any] = await admin.describe_configs([resource])
    ((_, _, _, _, entries),) = responses[0].resources
    return {key: value for key, value, *_ in entries}


async def until_listed(admin: AIOKafkaAdminClient, name: str, *, listed: bool = True) -> None:
    """Wait until the broker lists a topic, or no longer does; it answers before it knows."""
    for _ in range(200):
        if (name in await admin.list_topics()) == listed:
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{name} is {'not' if listed else 'still'} there")


async def test_topics_are_made_once_as_the_catalogue_says(
    broker: Broker, admin: AIOKafkaAdminClient
) -> None:
    place = Kafka(broker.bootstrap, prefix="made-once.")
    made = await create_topics(place, partitions=2, replication=1)
    assert made == [f"made-once.{topic.name}" for topic in CATALOGUE]
    assert await create_topics(place, partitions=2, replication=1) == []
    assert await check_topics(place) == 2
    telemetry = await settings(admin, "made-once.telemetry")
    assert telemetry["message.timestamp.type"] == "LogAppendTime"
    assert telemetry["cleanup.policy"] == "delete"
    assert telemetry["retention.ms"] == str(35 * DAY_MS)
    assert telemetry["min.insync.replicas"] == "1"
    assert (await settings(admin, "made-once.visits"))["retention.ms"] == str(400 * DAY_MS)
    assert (await settings(admin, "made-once.reference"))["retention.ms"] == "-1"
    state = await settings(admin, "made-once.geofence-state")
    assert state["cleanup.policy"] == "compact"
    letters = await settings(admin, "made-once.dead-letters")
    assert int(letters["max.message.bytes"]) > int(telemetry["max.message.bytes"]) > 1024 * 1024
    counts = {t["topic"]: len(t["partitions"]) for t in await admin.describe_topics()}
    assert counts["made-once.reference"] == 1
    assert counts["made-once.positions"] == 2


async def test_missing_topics_are_named_with_the_remedy(broker: Broker) -> None:
    place = Kafka(broker.bootstrap, prefix="missing.")
    with pytest.raises(WrongTopics) as refused:
        await open_log(place)
    assert "missing.telemetry" in str(refused.value)
    assert "missing.dead-letters" in str(refused.value)
    assert f"stepsix topics create --kafka {broker.bootstrap}" in str(refused.value)


async def test_only_what_is_missing_is_made(broker: Broker, admin: AIOKafkaAdminClient) -> None:
    place = Kafka(broker.bootstrap, prefix="partly.")
    await create_topics(place, partitions=2, replication=1)
    await admin.delete_topics(["partly.audit"])
    await until_listed(admin, "partly.audit", listed=False)
    with pytest.raises(WrongTopics, match=r"missing: partly\.audit; make them with"):
        await check_topics(place)
    assert await create_topics(place, partitions=2, replication=1) == ["partly.audit"]


async def test_another_number_of_partitions_is_refused(broker: Broker) -> None:
    place = Kafka(broker.bootstrap, prefix="chosen-once.")
    await create_topics(place, partitions=2, replication=1)
    with pytest.raises(WrongTopics, match=r"chosen-once\.visits has 2 partitions, needs 3"):
        await create_topics(place, partitions=3, replication=1)
    assert await check_topics(place) == 2


async def test_wrong_topics_are_named_with_what_is_wrong(
    broker: Broker, admin: AIOKafkaAdminClient
) -> None:
    place = Kafka(broker.bootstrap, prefix="wrong.")
    wrong = NewTopic("wrong.telemetry", 2, 1, topic_configs={"max.message.bytes": "1000"})
    odd = NewTopic("wrong.visits", 3, 1, topic_configs={"retention.ms": "1000"})
    await admin.create_topics([wrong, odd])
    await until_listed(admin, "wrong.visits")
    with pytest.raises(WrongTopics, match=r"wrong\.visits has 3 partitions, needs 2"):
        await create_topics(place, partitions=2, replication=1)
    await admin.delete_topics(["wrong.visits"])
    await until_listed(admin, "wrong.visits", listed=False)
    await create_topics(place, partitions=2, replication=1)
    with pytest.raises(WrongTopics) as refused:
        await check_topics(place)
    told = str(refused.value)
    assert "wrong.telemetry has message.timestamp.type=CreateTime, needs LogAppendTime" in told
    assert "wrong.telemetry has max.message.bytes=1000, needs" in told
    assert "--topic wrong.telemetry --add-config message.timestamp.type=LogAppendTime" in told
    assert "wrong.visits" not in told


async def test_more_copies_than_brokers_are_refused_with_the_reason(broker: Broker) -> None:
    place = Kafka(broker.bootstrap, prefix="copies.")
    with pytest.raises(WrongTopics, match=r"copies\.telemetry could not be made: .*eplication"):
        await create_topics(place, partitions=1, replication=3)


async def test_a_cluster_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(Unavailable, match=r"Kafka at 127\.0\.0\.1:9 could not"):
        await open_log(Kafka("127.0.0.1:9"))
