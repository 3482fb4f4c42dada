"""Cookies that cannot be made or changed by others, and codes that work once."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from fastapi import Request, Response

from services.edge.sessions import COOKIE, INVITATION_S, SESSION_S, Sessions

SECRET = "s" * 32


class Clock:
    """A clock that a test sets, in seconds."""

    def __init__(self) -> None:
        self.now_s = 1_780_000_000

    def __call__(self) -> int:
        return self.now_s * 1000


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(SECRET, clock)


def request(cookie: str | None = None, scheme: str = "http") -> Request:
    headers = [(b"host", b"stepsix.test")]
    if cookie is not None:
        headers.append((b"cookie", f"{COOKIE}={cookie}".encode()))
    return Request({"type": "http", "scheme": scheme, "headers": headers, "path": "/"})


def begun(sessions: Sessions, token_id: str, scheme: str = "http") -> SimpleCookie:
    response = Response()
    sessions.begin(response, request(scheme=scheme), token_id)
    return SimpleCookie(response.headers["set-cookie"])


@pytest.mark.parametrize("token_id", ["admin", "Zoë's desk", "a.b.c", "x" * 200])
def test_a_cookie_gives_its_token_id_back(sessions: Sessions, token_id: str) -> None:
    cookie = begun(sessions, token_id)[COOKIE].value
    assert sessions.token_id(request(cookie)) == token_id


def test_the_cookie_is_kept_from_scripts_and_other_sites(sessions: Sessions) -> None:
    plain, secure = begun(sessions, "admin")[COOKIE], begun(sessions, "admin", "https")[COOKIE]
    assert (plain["httponly"], plain["samesite"], plain["secure"]) == (True, "strict", "")
    assert secure["secure"] is True
    assert plain["max-age"] == str(SESSION_S)


def test_a_cookie_that_was_changed_anywhere_is_none(sessions: Sessions) -> None:
    cookie = begun(sessions, "admin")[COOKIE].value
    for place, character in enumerate(cookie):
        other = "A" if character != "A" else "B"
        changed = cookie[:place] + other + cookie[place + 1 :]
        assert sessions.token_id(request(changed)) is None


@pytest.mark.parametrize("cookie", [None, "", ".", "..", "abc", "abc.def", "ü.ü"])
def test_what_is_no_cookie_of_ours_is_none(sessions: Sessions, cookie: str | None) -> None:
    assert sessions.token_id(request(cookie)) is None


def test_a_session_ends(sessions: Sessions, clock: Clock) -> None:
    cookie = begun(sessions, "admin")[COOKIE].value
    clock.now_s += SESSION_S - 1
    assert sessions.token_id(request(cookie)) == "admin"
    clock.now_s += 1
    assert sessions.token_id(request(cookie)) is None


def test_processes_with_the_same_secret_read_each_others_cookies(
    sessions: Sessions, clock: Clock
) -> None:
    cookie = begun(sessions, "admin")[COOKIE].value
    assert Sessions(SECRET, clock).token_id(request(cookie)) == "admin"
    assert Sessions("t" * 32, clock).token_id(request(cookie)) is None
    assert Sessions(None, clock).token_id(request(cookie)) is None


def test_without_a_secret_each_process_has_its_own(clock: Clock) -> None:
    alone = Sessions(None, clock)
    cookie = begun(alone, "admin")[COOKIE].value
    assert alone.token_id(request(cookie)) == "admin"
    assert Sessions(None, clock).token_id(request(cookie)) is None


def test_an_invitation_works_once(sessions: Sessions) -> None:
    code = sessions.invite("admin")
    assert sessions.redeem("another") is None
    assert sessions.redeem(code) == "admin"
    assert sessions.redeem(code) is None


def test_an_invitation_lasts_a_day(sessions: Sessions, clock: Clock) -> None:
    code, late = sessions.invite("admin"), sessions.invite("admin")
    clock.now_s += INVITATION_S - 1
    assert sessions.redeem(code) == "admin"
    clock.now_s += 1
    sessions.invite("somebody")
    assert sessions.redeem(late) is None
