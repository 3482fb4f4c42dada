"""``/v1/compliance/{hotspot_id}/{date}``: where each number of a hot spot's day comes from."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from services.edge.access import Access, Gate
from services.edge.problems import Problem
from services.metrics.archive import Archive
from services.metrics.audience import audience_of
from services.metrics.compliance_explained import Explainer
from services.metrics.compliance_gathering import day_of
from services.metrics.compliance_list import reckoned
from services.metrics.compliance_query import Date
from services.metrics.explanation_resources import ExplanationResource
from services.metrics.resources import encoded


def router(gate: Gate, archive: Archive) -> APIRouter:
    """The route of an explanation."""
    routes = APIRouter(tags=["compliance"])

    @routes.get(
        "/v1/compliance/{hotspot_id}/{date}",
        summary="Where each number of a hot spot's day comes from",
        response_model=ExplanationResource,
    )
    async def explained(
        hotspot_id: str,
        day: Annotated[Date, Path(alias="date")],
        access: Annotated[Access, Depends(gate.requires("figures"))],
    ) -> Response:
        audience = audience_of(access)
        reckoning = (await reckoned(archive, day, day)).of(day)
        known = hotspot_id in reckoning.hotspot_ids(day)
        if not known or not reckoning.may_see(audience, hotspot_id, day):
            detail = f"There was no hot spot {hotspot_id} on {day}."
            raise Problem(HTTPStatus.NOT_FOUND, "not_found", detail)
        found = day_of(reckoning, hotspot_id, day)
        judge = reckoning.ledger.judge_of(hotspot_id, reckoning.now)
        body = Explainer(judge, found, audience).explanation()
        headers = {"Cache-Control": "no-store"}
        return Response(encoded(body), media_type="application/json", headers=headers)

    return routes
