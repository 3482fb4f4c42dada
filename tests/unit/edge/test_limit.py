"""The bound on a body, however its length is said."""

from __future__ import annotations

import json

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from services.edge.limit import BodyLimit

MIB = 2**20


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers once it has the body; other scopes it only notes."""
    if scope["type"] == "http":
        while (await receive()).get("more_body"):
            pass
    await send({"type": f"{scope['type']}.done"})


async def served(
    chunks: list[int], *, length: bytes | None = None, type_: str = "http"
) -> list[Message]:
    headers = [] if length is None else [(b"content-length", length)]
    coming: list[Message] = [
        {"type": "http.request", "body": b" " * size, "more_body": True} for size in chunks
    ]
    incoming = iter([*coming, {"type": "http.request", "body": b""}])
    sent: list[Message] = []

    async def receive() -> Message:
        return next(incoming)

    async def send(message: Message) -> None:
        sent.append(message)

    await BodyLimit(read_all, most=MIB)({"type": type_, "headers": headers}, receive, send)
    return sent


@pytest.mark.parametrize("length", [None, b"1048576", b"nonsense"])
async def test_a_body_within_the_bound_passes(length: bytes | None) -> None:
    assert await served([MIB // 2, MIB // 2], length=length) == [{"type": "http.done"}]


async def test_a_length_over_it_is_refused_unread() -> None:
    start, body = await served([], length=b"1048577")
    assert start["status"] == 413
    assert (
        json.loads(body["body"])["detail"] == "One request may hold 1 MiB; send the rest in others."
    )


async def test_a_body_that_grows_over_it_is_refused_on_the_way() -> None:
    with pytest.raises(HTTPException) as error:
        await served([MIB, 1])
    assert error.value.status_code == 413


async def test_what_has_no_body_passes() -> None:
    assert await served([], type_="lifespan") == [{"type": "lifespan.done"}]
