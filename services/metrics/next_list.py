"""``/v1/next``: what to do now, as JSON and as a sheet to print."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse
from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.register import Register
from services.edge.access import Gate
from services.metrics.board import Board
from services.metrics.compliance.next_up import Task, Why, tasks
from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.nearest import Candidate, Nearest
from services.metrics.paging import ListResource, answer
from services.metrics.queries import NextQuery
from services.metrics.resources import time_of
from services.metrics.standings import Standings
from services.metrics.tasking import HEADERS, Job, sheet

_DESCRIPTION = """
Hot spots by how little time is to spare, each with up to three units that are allocated there and
on patrol, the nearest first. Open windows that are short of patrols come first, then days short of
minutes, then windows that begin within two hours. Places where no patrols should be are never
among them. `format=sheet` is the same by call sign, to print.
"""


class NearestResource(TypedDict):
    """A unit that could go."""

    radio_id: str
    call_sign: str | None
    distance_m: float


class TaskResource(TypedDict):
    """What is to be done at a hot spot, until when, and who could.

    ``spare_minutes`` is what is left over of the time left if all is done.
    """

    hotspot_id: str
    name: str
    why: Why
    window_from: datetime | None
    window_to: datetime | None
    patrols_due: int
    minutes_missing: float
    minutes_left: float
    spare_minutes: float
    nearest: list[NearestResource]


def router(
    gate: Gate, board: Board, standings: Standings, register: Register, nearest: Nearest
) -> APIRouter:
    """The route of what to do next."""
    routes = APIRouter(tags=["compliance"])

    @routes.get(
        "/v1/next",
        summary="What to do now",
        description=_DESCRIPTION,
        response_model=ListResource[TaskResource],
        responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
        dependencies=[Depends(gate.requires("view"))],
    )
    async def next_up(query: Annotated[NextQuery, Query()]) -> Response:
        now = standings.now
        jobs = [_job(task, now) for task in tasks(standings.under_way(), now)]
        if query.format == "sheet":
            page = sheet(jobs, now, standings.days.zone, simulated=board.is_simulated())
            return HTMLResponse(page, headers=HEADERS)
        return answer([_resource(job) for job in jobs], None)

    def _job(task: Task, now: int) -> Job:
        hotspot_id = task.figures.hotspot_id
        hotspot = register.hotspot(hotspot_id, now)
        name = hotspot.name if hotspot else hotspot_id
        return Job(name, task, nearest.to(hotspot_id, now))

    return routes


def _resource(job: Job) -> TaskResource:
    task = job.task
    window = task.window.window.span if task.window else None
    return {
        "hotspot_id": task.figures.hotspot_id,
        "name": job.name,
        "why": task.why,
        "window_from": time_of(window.start) if window else None,
        "window_to": time_of(window.end) if window else None,
        "patrols_due": task.patrols_due,
        "minutes_missing": task.missing_ms / MINUTE_MS,
        "minutes_left": task.left_ms / MINUTE_MS,
        "spare_minutes": task.spare_ms / MINUTE_MS,
        "nearest": [_nearest(each) for each in job.candidates],
    }


def _nearest(candidate: Candidate) -> NearestResource:
    return {
        "radio_id": candidate.duty.radio_id,
        "call_sign": candidate.duty.call_sign,
        "distance_m": round(candidate.distance_m),
    }
