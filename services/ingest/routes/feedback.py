"""``POST /v1/feedback``: what people say of a visit, an episode or a hot spot."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from services.edge.access import Access, Gate
from services.ingest.feedback import FeedbackItem, feedback
from services.ingest.publisher import Publisher
from services.ingest.routes.posting import LOCAL_SOURCE, as_json, described
from services.ingest.routes.reception import Reception
from services.ingest.verdicts import Verdicts


def router(gate: Gate, reception: Reception, publisher: Publisher) -> APIRouter:
    """The route of feedback."""
    routes = APIRouter(tags=["feedback"])

    @routes.post("/v1/feedback", **described("feedback", FeedbackItem))
    async def post(
        request: Request,
        access: Annotated[Access, Depends(gate.requires("view"))],
        *,
        dry_run: bool = False,
    ) -> Response | Verdicts:
        posted = feedback(access.officer_id or access.token_id)
        # It is counted as ours: a metric names nobody.
        if dry_run:
            return as_json(await reception.try_out(posted, request, LOCAL_SOURCE))
        return await reception.post(posted, request, LOCAL_SOURCE, publisher.publish_feedback)

    return routes
