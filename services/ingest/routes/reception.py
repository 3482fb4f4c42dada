"""The reception of what is posted: from the bytes of a request to the verdicts.

1. Who may post is let through, and the form of the body is known, before any of it is read.
2. What is read, and what becomes of it, counts against the bound of ``admission`` until the answer.
3. Each item is judged; those in order are appended; 202 is answered once the log has them.
4. A request that a stop cuts off is told to come again, like one that the log could not take.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Request
from prometheus_client import CollectorRegistry

from services.edge import families
from services.edge.problems import RETRY_AFTER_S, Problem
from services.eventlog.port import Unavailable
from services.ingest import intake
from services.ingest.admission import Admission, Behind
from services.ingest.bodies import MOST_ITEMS, NotJson, TooMany
from services.ingest.posted import Posted, Posting
from services.ingest.routes.reading import body_of, form_of
from services.ingest.verdicts import Verdicts

_T = TypeVar("_T")
_Verdicts = TypeVar("_Verdicts", bound=Verdicts)
Publish = Callable[[str, Sequence[Posting]], Awaitable[None]]
"""Has the messages of a source in the log once it returns."""
_LARGE_BYTES = 256 * 1024
"""A larger body is understood on a thread, so that the ticks go on meanwhile, and one at a time:
Python would do no more at once, and each takes memory that is counted only afterwards."""


class DryRun(Verdicts):
    """What would be taken of each item; nothing was appended."""

    understood: list[dict[str, Any]]


class Reception:
    """The one place where bodies are taken in, of whatever kind, and what is counted of it."""

    def __init__(
        self,
        admission: Admission,
        registry: CollectorRegistry,
        clock: Callable[[], int],
    ) -> None:
        self._admission = admission
        self._clock = clock
        self._large = asyncio.Lock()
        self._rejected = families.counter(registry, "stepsix_ingest_rejected_total")
        self._deferred = families.counter(registry, "stepsix_ingest_deferred_total")
        pending = families.gauge(registry, "stepsix_ingest_pending_bytes")
        pending.set_function(lambda: admission.pending)

    async def post(
        self,
        posted: Posted[Any, Posting],
        request: Request,
        source: str,
        publish: Publish[Posting],
    ) -> Verdicts:
        """Judge the items of a request and have those in order in the log. Raises Problem."""
        form = form_of(request)
        try:
            with self._admission.hold() as hold:
                body = await body_of(request, hold)
                take = partial(intake.take, body, form, source, self._clock(), posted)
                taken = await self._understood(take, len(body))
                hold.add_items(len(taken.messages) + len(taken.rejected))
                await publish(source, taken.messages)
        except (Behind, Unavailable, asyncio.CancelledError) as error:
            self._deferred.inc()
            raise error if isinstance(error, Unavailable) else _come_again(error) from None
        for code, count in Counter(each.code for each in taken.rejected).items():
            self._rejected.labels(source, code).inc(count)
        verdicts = Verdicts(accepted=len(taken.messages), rejected=taken.rejected)
        return _unless_all_rejected(verdicts)

    async def try_out(self, posted: Posted[Any, Any], request: Request, source: str) -> DryRun:
        """Judge the items of a request and append nothing. Raises Problem."""
        form = form_of(request)
        now = self._clock()
        try:
            with self._admission.hold() as hold:
                body = await body_of(request, hold)
                take = partial(intake.take, body, form, source, now, posted)
                taken = await self._understood(take, len(body))
                hold.add_items(2 * (len(taken.messages) + len(taken.rejected)))
                explain = partial(intake.explain, body, form, source, now, posted)
                understood = await self._understood(explain, len(body))
        except (Behind, asyncio.CancelledError) as error:
            raise _come_again(error) from None
        return _unless_all_rejected(
            DryRun(accepted=len(taken.messages), rejected=taken.rejected, understood=understood)
        )

    async def _understood(self, understand: Callable[[], _T], size: int) -> _T:
        if size <= _LARGE_BYTES:
            return _or_problem(understand)
        async with self._large:
            return await asyncio.to_thread(_or_problem, understand)


def _or_problem(understand: Callable[[], _T]) -> _T:
    try:
        return understand()
    except NotJson as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "not_json", f"The body is not JSON: {error}."
        ) from None
    except TooMany:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too_many_items",
            f"One request may hold {MOST_ITEMS} items; send the rest in others.",
        ) from None


def _unless_all_rejected(verdicts: _Verdicts) -> _Verdicts:
    if verdicts.accepted == 0 and verdicts.rejected:
        first = verdicts.rejected[0]
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "all_rejected",
            f"No item could be taken. Item {first.index}: {first.message}.",
            **verdicts.model_dump(mode="json"),
        )
    return verdicts


def _come_again(error: BaseException) -> Problem:
    """The refusal. What cancels a request is a stop that waits for it no longer."""
    stopping = isinstance(error, asyncio.CancelledError)
    why = "The service is stopping" if stopping else "More is waiting for the log than may"
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "stopping" if stopping else "behind",
        f"{why}. Send the same request again later.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )
