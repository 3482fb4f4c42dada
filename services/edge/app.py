"""One application out of one or several services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import Depends, FastAPI, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    disable_created_metrics,
    generate_latest,
)

from services.edge import health, problems
from services.edge.access import Gate
from services.edge.background import OnFailure, background
from services.edge.limit import BodyLimit
from services.edge.reference import ReferenceView
from services.edge.service import Service

MAX_BODY_BYTES = 8 * 1024 * 1024


def create_app(
    services: Sequence[Service],
    *,
    view: ReferenceView,
    registry: CollectorRegistry,
    on_failure: OnFailure,
) -> FastAPI:
    """The application of these services, in the order in which they are installed.

    It follows ``reference`` for all of them. ``on_failure`` hears of background work that failed;
    the process should then stop, since it no longer does what it is there for.
    """
    disable_created_metrics()  # one more series a counter, and none of them in the catalogue
    stopping = False

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        nonlocal stopping
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(background(view.run(), on_failure))
            for service in services:
                await stack.enter_async_context(service.running())
            yield
            stopping = True

    def readiness() -> health.Readiness:
        if stopping:
            return health.Readiness(ready=False, reason="stopping")
        if not view.is_ready:
            return health.Readiness(ready=False, reason="reading the reference topic")
        return health.combined([service.readiness() for service in services])

    # The interactive pages would fetch their scripts from elsewhere.
    app = FastAPI(title="stepsix", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit, most=MAX_BODY_BYTES)
    # Live streams are described by itemSchema, a keyword of OpenAPI 3.2.
    app.openapi_version = "3.2.0"
    problems.install(app)
    app.include_router(health.router(readiness))

    @app.get(
        "/metrics",
        tags=["health"],
        summary="Prometheus metrics",
        response_class=Response,
        dependencies=[Depends(Gate(view).requires("scrape"))],
    )
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    for service in services:
        service.install(app)
    return app
