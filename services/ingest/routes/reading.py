"""Reading the body of a request that holds items: its form, and its bytes within the bound."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus

from fastapi import Request
from starlette.requests import ClientDisconnect

from services.edge.problems import Problem
from services.ingest.admission import Hold
from services.ingest.bodies import Form

_FORMS = {form.value: form for form in Form}


def form_of(request: Request) -> Form:
    """How the body holds its items. Raises a 415 Problem."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "none")
    form = _FORMS.get(header.get_content_type())
    if form is None:
        detail = f"Send Content-Type {' or '.join(_FORMS)}."
        raise _unsupported(detail)
    if header.get_content_charset("utf-8") != "utf-8":
        detail = "Send the body as UTF-8."
        raise _unsupported(detail)
    if request.headers.get("content-encoding", "identity") != "identity":
        detail = "Send the body as it is, without a Content-Encoding."
        raise _unsupported(detail)
    return form


async def body_of(request: Request, hold: Hold) -> bytes:
    """The bytes of the body, counted in ``hold`` as they come. Raises Behind, Problem."""
    chunks = []
    try:
        async for chunk in request.stream():
            hold.add_body(len(chunk))
            chunks.append(chunk)
    except ClientDisconnect:
        raise Problem(
            HTTPStatus.BAD_REQUEST, "incomplete", "The connection ended before the body did."
        ) from None
    return b"".join(chunks)


def _unsupported(detail: str) -> Problem:
    return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail)
