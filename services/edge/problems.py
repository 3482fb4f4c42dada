"""Errors as problem details (RFC 9457), in one place for every service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from services.eventlog.port import Unavailable

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2


class Problem(Exception):
    """Stops a request with a problem document.

    ``code`` names the kind of problem for programs, ``detail`` says to a person what was wrong
    and what to do; ``more`` are further members of the document.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> Response:
        """The problem as the answer to a request."""
        body = {
            "type": f"urn:stepsix:problem:{self.code}",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            **self.more,
        }
        # A problem may quote half of a surrogate pair out of a request, which UTF-8 cannot write
        # and a JSON escape can.
        content = json.dumps(body, ensure_ascii=False).encode(errors="backslashreplace")
        return Response(
            content, status_code=self.status, headers=self.headers, media_type=MEDIA_TYPE
        )


def log_unavailable(error: Unavailable) -> Problem:
    """The log cannot take the request now: nothing is lost if the client sends it again."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "log_unavailable",
        f"The log cannot take this now ({error}). Send the same request again.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def install(app: FastAPI) -> None:
    """Turn every error of the application into a problem document."""

    @app.exception_handler(Problem)
    async def _problem(_request: Request, error: Problem) -> Response:
        return error.response()

    @app.exception_handler(Unavailable)
    async def _unavailable(_request: Request, error: Unavailable) -> Response:
        return log_unavailable(error).response()

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> Response:
        if (place := _where_not_json(error)) is not None:
            return Problem(HTTPStatus.BAD_REQUEST, "not_json", place).response()
        errors = [
            {"field": ".".join(str(part) for part in item["loc"][1:]), "message": item["msg"]}
            for item in error.errors()
        ]
        detail = "; ".join(
            f"{item['field']}: {item['message']}" if item["field"] else item["message"]
            for item in errors
        )
        return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, errors=errors).response()

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        return Problem(
            status, status.name.lower(), str(error.detail), headers=error.headers
        ).response()


def _where_not_json(error: RequestValidationError) -> str | None:
    first = error.errors()[0]
    if first["type"] != "json_invalid":
        return None
    return f"The body is not JSON: character {first['loc'][-1] + 1}: {first['ctx']['error']}"
