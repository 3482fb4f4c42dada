"""What people say, as posted: what of it is taken, and the words for what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.contracts.people import Feedback
from services.ingest import intake
from services.ingest.bodies import Form
from services.ingest.feedback import feedback
from services.ingest.verdicts import Code

NOW = 1_780_000_000_000
NOTE = {"thread_id": "t-1", "kind": "note", "about": {"visit_id": "v-1"}, "text": "Was there."}
ACKNOWLEDGE = {
    "thread_id": "missed/market/2026-11-25T20:00Z",
    "kind": "acknowledge",
    "about": {"hotspot_id": "market"},
}


def take(item: object) -> intake.Taken:
    return intake.take(json.dumps(item).encode(), Form.JSON, "local", NOW, feedback("P1"))


def test_who_says_it_and_when_is_for_the_service_to_say() -> None:
    taken = take({**NOTE, "by": "somebody else", "at": 1, "evidence": ["camera 12"]})
    assert taken.messages == [
        Feedback(
            thread_id="t-1",
            type="note",
            by="P1",
            at=NOW,
            text="Was there.",
            visit_id="v-1",
            evidence=["camera 12"],
        )
    ]


@pytest.mark.parametrize("given", [{}, {"text": None}, {"text": "  "}, {"evidence": None}])
def test_an_acknowledgement_needs_no_words(given: dict[str, object]) -> None:
    [message] = take({**ACKNOWLEDGE, **given}).messages
    assert (message.type, message.text, message.evidence) == ("acknowledge", "", [])
    assert (message.thread_id, message.hotspot_id) == (ACKNOWLEDGE["thread_id"], "market")


@pytest.mark.parametrize(
    ("given", "field", "code", "words"),
    [
        ({"thread_id": None}, "thread_id", Code.MISSING, "thread_id is needed: 1 to 128 of"),
        ({"thread_id": "a b"}, "thread_id", Code.BAD_ID, "thread_id must be 1 to 128 of"),
        ({"thread_id": "a\n"}, "thread_id", Code.BAD_ID, "thread_id must be 1 to 128 of"),
        ({"thread_id": "x" * 129}, "thread_id", Code.BAD_ID, "such as an alert_id"),
        ({"kind": "praise"}, "kind", Code.UNKNOWN_KIND, "kind must be 'acknowledge' or 'decision'"),
        ({"about": None}, "about", Code.MISSING, "about is needed: an object with one of visit_id"),
        ({"about": "v-1"}, "about", Code.WRONG_TYPE, "about is text; it must be an object"),
        ({"about": {}}, "about", Code.MISSING, "about names nothing; it must be an object"),
        ({"about": {"vist_id": "v"}}, "about", Code.MISSING, "about names nothing"),
        ({"about": {"visit_id": "v 1"}}, "about", Code.BAD_ID, "about must be an object with one"),
        ({"about": {"visit_id": 1}}, "about", Code.BAD_ID, "about must be an object with one of"),
        (
            {"about": {"visit_id": "v", "hotspot_id": "h"}},
            "about",
            Code.AMBIGUOUS,
            "about names visit_id and hotspot_id; it must be an object with one of",
        ),
        ({"text": None}, "text", Code.MISSING, "only an acknowledge may be without"),
        ({"text": " \n"}, "text", Code.MISSING, "only an acknowledge may be without"),
        ({"text": "x" * 2001}, "text", Code.TOO_LONG, "text must be text of 1 to 2000 characters"),
        ({"text": 5}, "text", Code.WRONG_TYPE, "text is a number; it must be text of 1 to 2000"),
        ({"evidence": "x"}, "evidence", Code.WRONG_TYPE, "evidence is text; it must be a list"),
        ({"evidence": ["x"] * 21}, "evidence", Code.TOO_LONG, "evidence must be a list of at most"),
        ({"evidence": ["x" * 201]}, "evidence", Code.TOO_LONG, "of at most 200 characters"),
        ({"evidence": [1]}, "evidence", Code.TOO_LONG, "evidence must be a list of at most 20"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(
    given: dict[str, Any], field: str, code: Code, words: str
) -> None:
    taken = take({**NOTE, **given})
    assert taken.messages == []
    [rejected] = taken.rejected
    assert (rejected.field, rejected.code) == (field, code)
    assert words in rejected.message
