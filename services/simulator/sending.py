"""The link to a service: every request is repeated, the same bytes, until it is answered.

1. Send. 2. No answer, or an answer that says "later" (503 with Retry-After): wait, send again; a
ping's ``message_id`` lets the service know it. 3. Refused: stop and say why; sending the same
again would not help. 4. No proper answer for as long as the link is patient: give up.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

Item = dict[str, Any]
"""A ping or a status as the API takes it."""
BATCH = 500
"""How many items a request carries at most: far below the limit of 8 MiB."""
_LATER = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_JSON = {"Content-Type": "application/json"}
_PAUSE_S = 1.0
_PATIENCE_S = 300.0


class NotSent(Exception):
    """The service refused a request or cannot be reached; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One item that the service did not take: its index in the request, and why."""

    index: int
    field: str
    message: str

    def __str__(self) -> str:
        """The fault in words; of a fault of the whole item the field is empty."""
        return f"{self.field}: {self.message}" if self.field else self.message


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the items of one request."""

    accepted: int
    rejected: list[Rejection]


class Link:
    """A client's connection to one service with one token.

    ``source`` is for an admin's token, which posts in the name of any source.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        source: str | None = None,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._client = client
        self._query = {"source": source} if source else {}
        self._patience_s = patience_s

    async def post(self, items: Sequence[Item], path: str = "/v1/pings") -> Verdict:
        """Send some items. Raises NotSent where none of them can be said to be taken or not."""
        answer = await self.request(
            "POST",
            path,
            items,
            query=self._query,
            expected=(HTTPStatus.ACCEPTED, HTTPStatus.UNPROCESSABLE_ENTITY),
        )
        body = answer.json()
        rejected = [
            Rejection(item["index"], item["field"], item["message"])
            for item in body.get("rejected", [])
        ]
        return Verdict(body.get("accepted", 0), rejected)

    async def request(
        self,
        method: str,
        path: str,
        content: object = None,
        *,
        query: Mapping[str, str] | None = None,
        expected: Collection[int] = (),
    ) -> httpx.Response:
        """The answer to a request, with ``content`` as JSON: a success, or a status ``expected``.

        Raises NotSent.
        """
        body = None if content is None else json.dumps(content, allow_nan=False).encode()
        request = self._client.build_request(
            method, path, content=body, params=query, headers=_JSON
        )
        answer = await self._until_answered(request)
        if not answer.is_success and answer.status_code not in expected:
            msg = f"{method} {request.url}: {answer.status_code} {_detail(answer)}"
            raise NotSent(msg)
        return answer

    async def knows(self, path: str) -> bool:
        """Whether the service has that thing. Raises NotSent."""
        answer = await self.request("GET", path, expected=(HTTPStatus.NOT_FOUND,))
        return answer.is_success

    async def _until_answered(self, request: httpx.Request) -> httpx.Response:
        said = "no answer"
        try:
            async with asyncio.timeout(self._patience_s):
                while True:
                    try:
                        answer = await self._client.send(request)
                    except httpx.TransportError as error:
                        said = str(error) or type(error).__name__
                        await asyncio.sleep(_PAUSE_S)
                        continue
                    if answer.status_code not in _LATER:
                        return answer
                    said = _detail(answer)
                    await asyncio.sleep(_retry_after_s(answer))
        except TimeoutError:
            msg = (
                f"{request.method} {request.url} was not answered for {self._patience_s:g} s "
                f"({said}). Is a service running there?"
            )
            raise NotSent(msg) from None


def open_client(url: str, token: str) -> httpx.AsyncClient:
    """A client for the service at ``url``; close it when done. Raises NotSent if it is no URL."""
    try:
        base = httpx.URL(url)
    except httpx.InvalidURL as error:
        msg = f"{url} is not a URL: {error}"
        raise NotSent(msg) from None
    if base.scheme not in ("http", "https") or not base.host:
        msg = f"{url} should be the URL of a service, such as http://127.0.0.1:8600."
        raise NotSent(msg)
    return httpx.AsyncClient(
        base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=30.0
    )


def _retry_after_s(answer: httpx.Response) -> float:
    try:
        return float(answer.headers["Retry-After"])
    except (KeyError, ValueError):
        return _PAUSE_S


def _detail(answer: httpx.Response) -> str:
    """What a problem document (RFC 9457) says, or the first of whatever was answered instead."""
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return answer.text[:200] or answer.reason_phrase
