"""Signing in: the signed cookie of a browser, and the one-time codes that give one.

The cookie holds a token's id and when it ends, signed with HMAC-SHA256. It is no token: what it
allows is looked up at each request, so revoking the token ends the session.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

from fastapi import Request, Response

COOKIE = "stepsix_session"
SESSION_S = 12 * 60 * 60
INVITATION_S = 24 * 60 * 60


class Sessions:
    """Makes and reads the cookies of one deployment; ``clock`` gives epoch milliseconds.

    Processes with the same ``secret`` read each other's cookies; without one, cookies last as
    long as the process. Invitations are known to the process that made them.
    """

    def __init__(self, secret: str | None, clock: Callable[[], int]) -> None:
        self._secret = secret.encode() if secret else secrets.token_bytes(32)
        self._clock = clock
        self._invitations: dict[str, tuple[str, int]] = {}

    def invite(self, token_id: str) -> str:
        """A code of 256 random bits that signs one browser in, once, within 24 hours."""
        now = self._now()
        self._invitations = {
            code: invited for code, invited in self._invitations.items() if invited[1] > now
        }
        code = secrets.token_urlsafe(32)
        self._invitations[code] = (token_id, now + INVITATION_S)
        return code

    def redeem(self, code: str) -> str | None:
        """The token id that a code was made for; None once used, too late, or for a wrong code."""
        token_id, ends = self._invitations.pop(code, ("", 0))
        return token_id if ends > self._now() else None

    def begin(self, response: Response, request: Request, token_id: str) -> None:
        """Sign the browser in."""
        said = urlsafe_b64encode(f"{self._now() + SESSION_S}.{token_id}".encode()).decode()
        response.set_cookie(
            COOKIE,
            self._signed(said),
            max_age=SESSION_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )

    def end(self, response: Response) -> None:
        """Sign the browser out."""
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")

    def token_id(self, request: Request) -> str | None:
        """The token id of a signed-in browser; None for any other."""
        cookie = request.cookies.get(COOKIE, "")
        said = cookie.rpartition(".")[0]
        if not hmac.compare_digest(self._signed(said).encode(), cookie.encode()):
            return None
        ends, _, token_id = urlsafe_b64decode(said).decode().partition(".")
        return token_id if int(ends) > self._now() else None

    def _signed(self, said: str) -> str:
        digest = hmac.digest(self._secret, said.encode(), "sha256")
        return f"{said}.{digest.hex()}"

    def _now(self) -> int:
        return self._clock() // 1000
