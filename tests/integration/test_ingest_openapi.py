"""What the OpenAPI document promises of ingest, tried on a real process with data made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.support.deployment import Deployment, deployment

TAGS = {"pings", "statuses", "feedback", "hot spots", "sources", "radios", "roster", "plans"}
OPERATIONS = [
    ("/v1/pings", "POST"),
    ("/v1/statuses", "POST"),
    ("/v1/feedback", "POST"),
    ("/v1/hotspots", "PUT"),
    ("/v1/duties", "PUT"),
    ("/v1/plans", "PUT"),
    ("/v1/plans", "GET"),
    ("/v1/blackspots", "GET"),
    *(
        (path, method)
        for path in (
            "/v1/hotspots/{hotspot_id}",
            "/v1/sources/{source}",
            "/v1/radios/{radio_id}",
            "/v1/duties/{duty_id}",
            "/v1/plans/{plan_id}",
        )
        for method in ("PUT", "GET", "DELETE")
    ),
]


@schemathesis.serializer("application/x-ndjson")
def lines(_context: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode(errors="replace")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("openapi")) as running:
        yield running


def test_the_document_is_one_and_every_operation_of_ingest_is_tried(running: Deployment) -> None:
    document = httpx.get(f"{running.url}/openapi.json").json()
    validate(document)
    described = {
        (path, method.upper())
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if TAGS.intersection(operation.get("tags", ()))
    }
    assert described == set(OPERATIONS)


@pytest.mark.parametrize(
    ("path", "body", "held"),
    [
        ("/v1/hotspots/{hotspot_id}", "Feature", "HeldFeature"),
        ("/v1/sources/{source}", "NewSource", "HeldSource"),
        ("/v1/radios/{radio_id}", "NewRadio", "HeldRadio"),
        ("/v1/duties/{duty_id}", "NewDuty", "HeldDuty"),
        ("/v1/plans/{plan_id}", "NewPlan", "HeldPlan"),
    ],
)
def test_each_kind_is_described_by_its_own_models(
    running: Deployment, path: str, body: str, held: str
) -> None:
    document = httpx.get(f"{running.url}/openapi.json").json()
    put, get = document["paths"][path]["put"], document["paths"][path]["get"]
    assert _schema(put["requestBody"]) == {"$ref": f"#/components/schemas/{body}"}
    for answer in (put["responses"]["201"], get["responses"]["200"]):
        assert _schema(answer) == {"$ref": f"#/components/schemas/{held}"}
    told = _schema(put["responses"]["200"])
    models = [each["$ref"].rpartition("/")[2] for each in told.get("anyOf", [told])]
    assert models == ([held, "TriedFeature"] if held == "HeldFeature" else [held])
    dated = "at" in {each["name"] for each in get["parameters"]}
    assert dated == (held != "HeldDuty")


@pytest.mark.parametrize(
    ("path", "required"),
    [
        ("/v1/pings", {"radio_id"}),
        ("/v1/statuses", {"radio_id", "status"}),
        ("/v1/feedback", {"thread_id", "kind", "about"}),
    ],
)
def test_what_is_posted_is_described(running: Deployment, path: str, required: set[str]) -> None:
    document = httpx.get(f"{running.url}/openapi.json").json()
    one, many = _schema(document["paths"][path]["post"]["requestBody"])["anyOf"]
    assert (many["type"], many["items"]) == ("array", one)
    assert set(one["required"]) == required


@pytest.mark.parametrize(
    ("path", "required"),
    [
        ("/v1/duties", {"duty_id", "radio_id", "officer_ids", "from", "to"}),
        ("/v1/plans", {"plan_id", "hotspot_id", "minutes_each"}),
    ],
)
def test_the_items_of_a_list_are_described(
    running: Deployment, path: str, required: set[str]
) -> None:
    document = httpx.get(f"{running.url}/openapi.json").json()
    body = _schema(document["paths"][path]["put"]["requestBody"])
    assert (body["type"], body["maxItems"]) == ("array", 5000)
    assert set(body["items"]["required"]) == required


def _schema(described: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = described["content"]["application/json"]["schema"]
    return found


@pytest.fixture(scope="module")
def schema(running: Deployment) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{running.url}/openapi.json")


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_answer_is_a_surprise(
    running: Deployment, schema: BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    token = running.token_file.read_text("ascii").strip()

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    def answers_as_described(case: Case[Any]) -> None:
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"},
            # No schema says that a line crosses itself or that a clock runs ahead, and an item
            # that is wrong costs the others nothing.
            excluded_checks=[positive_data_acceptance, negative_data_rejection],
        )

    answers_as_described()
