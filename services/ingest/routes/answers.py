"""How the API document describes the answers that every route may give."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from services.edge.problems import MEDIA_TYPE

_PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "Problem details (RFC 9457); `detail` says what was wrong and what to do.",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The description of these problem answers, and of those that a token can get anywhere."""
    always = (
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    return {
        int(status): {
            "description": status.phrase,
            "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
        }
        for status in sorted({*always, *statuses})
    }
