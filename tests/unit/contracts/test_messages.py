"""The topic catalogue and its page say the same, and every example is a message of its topic."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest

from services.contracts.codec import Undecodable, decode, encode
from services.contracts.topics import CATALOGUE, Topic

PAGE = (Path(__file__).parents[3] / "docs" / "messages.md").read_text()
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = [
    (name, example)
    for name, body in SECTIONS.items()
    for example in re.findall(r"```json\n(.*?)\n```", body, re.DOTALL)
]


def settings_line(topic: Topic) -> str:
    if topic.compacted:
        kept = "last of each key kept"
    elif topic.retention is None:
        kept = "kept for ever"
    else:
        kept = f"kept {topic.retention.days} days"
    parts = [
        f"key: {topic.key}",
        "partitioned" if topic.partitioned else "one partition",
        kept,
        *(["stamped by the log"] if topic.append_time else []),
    ]
    return " · ".join(parts)


def test_the_page_has_every_topic_and_no_other() -> None:
    assert list(SECTIONS) == [topic.name for topic in CATALOGUE]


@pytest.mark.parametrize("topic", CATALOGUE, ids=lambda topic: topic.name)
def test_the_page_says_how_a_topic_is_set(topic: Topic) -> None:
    assert SECTIONS[topic.name].strip().splitlines()[0] == settings_line(topic)


@pytest.mark.parametrize(("topic", "example"), EXAMPLES)
def test_an_example_is_a_message_of_its_topic(topic: str, example: str) -> None:
    message = decode(topic, example.encode())
    assert not isinstance(message, Undecodable), message
    assert encode(message).decode() == example


@pytest.mark.parametrize("topic", CATALOGUE, ids=lambda topic: topic.name)
def test_every_message_has_an_example(topic: Topic) -> None:
    kinds = {message.__struct_config__.tag for message in _members(topic.messages)}
    shown = {json.loads(example)["kind"] for name, example in EXAMPLES if name == topic.name}
    assert shown == kinds


@pytest.mark.parametrize(("topic", "example"), EXAMPLES)
def test_a_field_added_by_a_newer_release_is_passed_over(topic: str, example: str) -> None:
    newer = json.loads(example) | {"added_later": [1]}
    assert decode(topic, json.dumps(newer).encode()) == decode(topic, example.encode())


def _members(messages: type | UnionType) -> tuple[Any, ...]:
    return get_args(messages) or (messages,)
