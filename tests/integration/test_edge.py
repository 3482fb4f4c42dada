"""The common HTTP edge on a real log: tokens, problems, health and metrics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from httpx import ASGITransport
from prometheus_client import CollectorRegistry

from services.contracts.codec import encode
from services.contracts.reference import Deleted, Reference, Scope, Token, key_of
from services.edge import families
from services.edge.access import Gate, sha256_of
from services.edge.app import create_app
from services.edge.background import background
from services.edge.health import Readiness
from services.edge.reference import ReferenceView
from services.eventlog.port import EventLog, NewRecord, Unavailable

SECRETS = {"scrape-me": ["scrape"], "look": ["view"], "all": ["admin"]}


def unexpected(error: BaseException) -> None:
    pytest.fail(str(error))


async def append(log: EventLog, message: Reference) -> int:
    ends = await log.append([NewRecord("reference", key_of(message).encode(), encode(message))])
    return ends["reference", 0]


async def make_token(log: EventLog, secret: str, scopes: list[Scope]) -> int:
    return await append(
        log,
        Token(
            token_id=secret,
            sha256=sha256_of(secret),
            scopes=scopes,
            created_at=0,
            changed_by="test",
        ),
    )


class Lamp:
    """A small real service: one route, a readiness that can be set."""

    def __init__(self, view: ReferenceView) -> None:
        self.now = Readiness(ready=True)
        self.lit = False
        self._gate = Gate(view)

    def install(self, app: FastAPI) -> None:
        @app.get("/lamp")
        async def lamp() -> bool:
            return self.lit

        @app.get("/dark")
        async def dark(level: int) -> int:
            reason = f"no broker answers at level {level}"
            raise Unavailable(reason)

    def readiness(self) -> Readiness:
        return self.now

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self.lit = True
        yield
        self.lit = False


class Edge:
    """A running application and a client of it."""

    def __init__(self, app: FastAPI, lamp: Lamp, view: ReferenceView, log: EventLog) -> None:
        self.lamp = lamp
        self.view = view
        self.log = log
        self._client = httpx.AsyncClient(transport=ASGITransport(app=app), base_url="http://edge")

    async def get(self, path: str, secret: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return await self._client.get(path, headers=headers)

    async def close(self) -> None:
        await self._client.aclose()


@pytest.fixture
async def edge(embedded_log: EventLog) -> AsyncIterator[Edge]:
    for secret, scopes in SECRETS.items():
        await make_token(embedded_log, secret, scopes)  # type: ignore[arg-type]
    view = ReferenceView(embedded_log)
    lamp = Lamp(view)
    registry = CollectorRegistry()
    families.gauge(registry, "stepsix_live_clients").set(3)
    app = create_app([lamp], view=view, registry=registry, on_failure=unexpected)
    async with app.router.lifespan_context(app):
        await view.ready()
        running = Edge(app, lamp, view, embedded_log)
        yield running
        await running.close()


async def test_services_run_while_the_application_does(edge: Edge) -> None:
    assert (await edge.get("/lamp")).json() is True


@pytest.mark.parametrize(
    ("secret", "status"),
    [(None, 401), ("made-up", 401), ("look", 403), ("scrape-me", 200), ("all", 200)],
)
async def test_metrics_are_for_those_with_the_scope(
    edge: Edge, secret: str | None, status: int
) -> None:
    answer = await edge.get("/metrics", secret)
    assert answer.status_code == status
    if status == 200:
        assert "stepsix_live_clients 3.0" in answer.text
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status


async def test_a_revoked_token_is_refused_at_once(edge: Edge) -> None:
    end = await append(
        edge.log, Deleted(type="token", id="scrape-me", effective_from=0, changed_by="test")
    )
    await asyncio.wait_for(edge.view.reached(end), 5)
    assert (await edge.get("/metrics", "scrape-me")).status_code == 401


async def test_a_token_made_by_another_process_is_known(edge: Edge) -> None:
    end = await make_token(edge.log, "late", ["scrape"])
    await asyncio.wait_for(edge.view.reached(end), 5)
    assert (await edge.get("/metrics", "late")).status_code == 200


async def test_a_reference_record_that_cannot_be_read_stops_nobody(edge: Edge) -> None:
    await edge.log.append([NewRecord("reference", b"x", b"not json")])
    end = await make_token(edge.log, "after", ["scrape"])
    await asyncio.wait_for(edge.view.reached(end), 5)
    assert edge.view.offset == end
    assert (await edge.get("/metrics", "after")).status_code == 200


async def test_health_is_open_and_readiness_is_the_services(edge: Edge) -> None:
    assert (await edge.get("/healthz")).json() == {"alive": True}
    assert (await edge.get("/readyz")).status_code == 200
    edge.lamp.now = Readiness(ready=False, lag={"telemetry": {"0": 7}}, reason="restoring")
    answer = await edge.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "lag": {"telemetry": {"0": 7}},
        "reason": "restoring",
    }


@pytest.mark.parametrize(
    ("path", "status", "code", "says"),
    [
        ("/nowhere", 404, "not_found", "Not Found"),
        ("/dark?level=high", 422, "invalid", "level: Input should be a valid integer"),
        ("/dark?level=1", 503, "log_unavailable", "no broker answers"),
    ],
)
async def test_errors_are_problem_documents(
    edge: Edge, path: str, status: int, code: str, says: str
) -> None:
    answer = await edge.get(path)
    assert answer.status_code == status
    problem = answer.json()
    assert problem["type"] == f"urn:stepsix:problem:{code}"
    assert says in problem["detail"]
    assert ("retry-after" in answer.headers) == (status == 503)


async def test_before_the_tokens_are_known_a_client_is_told_to_wait(
    embedded_log: EventLog,
) -> None:
    view = ReferenceView(embedded_log)
    app = create_app([], view=view, registry=CollectorRegistry(), on_failure=unexpected)
    async with httpx.AsyncClient(transport=ASGITransport(app=app), base_url="http://e") as client:
        answer = await client.get("/metrics", headers={"Authorization": "Bearer all"})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        ready = await client.get("/readyz")
        assert ready.json()["reason"] == "reading the reference topic"


async def test_failed_background_work_is_reported_once() -> None:
    heard: asyncio.Queue[BaseException] = asyncio.Queue()

    async def fail() -> None:
        raise OSError

    async with background(fail(), heard.put_nowait):
        assert isinstance(await asyncio.wait_for(heard.get(), 5), OSError)
    assert heard.empty()


async def test_cancelled_background_work_is_no_failure() -> None:
    heard: list[BaseException] = []
    async with background(asyncio.sleep(60), heard.append):
        pass
    assert heard == []
