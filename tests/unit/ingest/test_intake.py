"""What a request's pings come to."""

from __future__ import annotations

import json

from services.contracts.register import Register
from services.contracts.telemetry import Gps, Presence
from services.ingest import intake
from services.ingest.bodies import Form
from services.ingest.statuses import statuses
from services.ingest.verdicts import Code

NOW = 1_780_000_000_000
GOOD = {"radio_id": "R1", "lat": 51.5, "lon": -0.1, "sent_at": "2026-05-28T21:26:00+01:00"}


def test_one_bad_item_never_costs_the_others() -> None:
    sent = [GOOD, {"radio_id": "?"}, {"radio_id": "R2"}, {"radio_id": "R3", "kind": "radio"}, 4]
    taken = intake.take(json.dumps(sent).encode(), Form.JSON, "acme", NOW)
    assert [(type(each), each.radio_id) for each in taken.messages] == [
        (Gps, "R1"),
        (Presence, "R3"),
    ]
    assert [(each.index, each.field, each.code) for each in taken.rejected] == [
        (1, "radio_id", Code.BAD_ID),
        (2, "lat", Code.MISSING),
        (4, "", Code.NOT_AN_OBJECT),
    ]


def test_lines_count_without_the_empty_ones() -> None:
    body = json.dumps(GOOD).encode() + b"\n\n{broken\n" + json.dumps(GOOD).encode()
    taken = intake.take(body, Form.LINES, "acme", NOW)
    assert len(taken.messages) == 2
    assert [(each.index, each.code) for each in taken.rejected] == [(1, Code.NOT_JSON)]


def test_a_dry_run_tells_what_was_understood() -> None:
    sent = [{**GOOD, "colour": "red"}, {"radio_id": "?"}, 5, {"radio_id": "R2"}]
    assert intake.explain(json.dumps(sent).encode(), Form.JSON, "acme", NOW) == [
        {
            "index": 0,
            "kind": "gps",
            "radio_id": "R1",
            "source": "acme",
            "lat": 51.5,
            "lon": -0.1,
            "fix_time": "2026-05-28T20:26:00.000Z",
            "received_at": "2026-05-28T20:26:40.000Z",
            "sent_at": "2026-05-28T20:26:00.000Z",
            "ignored": ["colour"],
        }
    ]


def test_a_dry_run_of_statuses_tells_the_same() -> None:
    sent = [{"radio_id": "R1", "status": "court", "who": "P1"}, {"radio_id": "R1", "status": "7"}]
    kind = statuses(Register())
    assert intake.explain(json.dumps(sent).encode(), Form.JSON, "acme", NOW, kind) == [
        {
            "index": 0,
            "kind": "status",
            "radio_id": "R1",
            "source": "acme",
            "status": "court",
            "at": "2026-05-28T20:26:40.000Z",
            "received_at": "2026-05-28T20:26:40.000Z",
            "ignored": ["who"],
        }
    ]
