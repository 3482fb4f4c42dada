"""``/v1/alerts``: what a control room has to look at now, the most urgent first."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.edge.access import Access, Gate
from services.metrics.alert_news import AlertNews
from services.metrics.alert_resources import AlertResource
from services.metrics.alerts import Urgency
from services.metrics.audience import audience_of
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import Cursor

_DESCRIPTION = """
Outages, then radios lost unexpectedly, then windows missed today, then hot spots without a patrol
for four days although one was due; of each what began last comes first. To acknowledge one, post an
`acknowledge` to `/v1/feedback` with its `alert_id` as `thread_id`. Places where no patrols should
be are told to `supervise` alone.
"""


def router(gate: Gate, news: AlertNews) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/alerts",
        summary="What has to be looked at now",
        description=_DESCRIPTION,
        response_model=ListResource[AlertResource],
    )
    async def alert_list(
        query: Annotated[Cursor, Query()],
        access: Annotated[Access, Depends(gate.requires("view"))],
    ) -> Response:
        audience = audience_of(access)
        first = from_cursor(query.cursor, Urgency) if query.cursor else None
        page = page_of(news.from_place(first, audience), lambda each: each.urgency)
        return answer([each.to(audience) for each in page.items], page.next)

    return routes
