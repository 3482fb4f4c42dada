"""The link against a scripted server: what it repeats, what it gives up, what it reports."""

import json
from collections.abc import Callable, Sequence

import httpx
import pytest

from services.simulator.sending import Link, NotSent, Rejection, Verdict, open_client

PINGS = [{"radio_id": "800001", "message_id": "800001-1", "lat": 52.8, "lon": -0.07}]
ACCEPTED = httpx.Response(202, json={"accepted": 1, "rejected": []})
LATER = httpx.Response(503, headers={"Retry-After": "0"}, json={"detail": "the log is behind"})

Answer = httpx.Response | httpx.TransportError


def scripted(answers: Sequence[Answer], seen: list[httpx.Request]) -> httpx.AsyncClient:
    """A client whose server gives these answers, the last of them again and again."""

    def answer(request: httpx.Request) -> httpx.Response:
        now = answers[min(len(seen), len(answers) - 1)]
        seen.append(request)
        if isinstance(now, httpx.TransportError):
            raise now
        return now

    return httpx.AsyncClient(base_url="http://radios.test", transport=httpx.MockTransport(answer))


async def test_what_was_not_taken_is_sent_again_unchanged() -> None:
    seen: list[httpx.Request] = []
    lost = httpx.ConnectError("connection refused")
    async with scripted([LATER, lost, LATER, ACCEPTED], seen) as client:
        assert await Link(client, source="fenbridge").post(PINGS) == Verdict(1, [])
    assert len(seen) == 4
    assert {request.content for request in seen} == {json.dumps(PINGS).encode()}
    assert {str(request.url) for request in seen} == {
        "http://radios.test/v1/pings?source=fenbridge"
    }


async def test_a_partly_rejected_batch_is_a_verdict() -> None:
    body = {
        "accepted": 0,
        "rejected": [
            {"index": 0, "field": "lat", "code": "out_of_range", "message": "lat is 152.8"},
            {"index": 1, "field": "", "code": "not_an_object", "message": "not an object"},
        ],
    }
    async with scripted([httpx.Response(422, json=body)], []) as client:
        verdict = await Link(client).post(PINGS)
    assert [str(rejection) for rejection in verdict.rejected] == [
        "lat: lat is 152.8",
        "not an object",
    ]
    assert verdict == Verdict(
        0, [Rejection(0, "lat", "lat is 152.8"), Rejection(1, "", "not an object")]
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(401, json={"detail": "Send a token."}), "401 Send a token."),
        (httpx.Response(404, text="no such page"), "404 no such page"),
        (httpx.Response(418, json=["?"]), r'418 \["\?"\]'),
        (httpx.Response(413), "413 Request Entity Too Large"),
    ],
)
async def test_a_refusal_ends_it_with_what_the_service_said(
    answer: httpx.Response, said: str
) -> None:
    seen: list[httpx.Request] = []
    async with scripted([answer], seen) as client:
        with pytest.raises(NotSent, match=f"POST http://radios.test/v1/pings: {said}"):
            await Link(client).post(PINGS)
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda: LATER, "the log is behind"),
        (lambda: httpx.Response(503, text="", headers={"Retry-After": "soon"}), "Unavailable"),
        (lambda: httpx.ConnectError("connection refused"), "connection refused"),
        (lambda: httpx.ReadTimeout(""), "ReadTimeout"),
    ],
)
async def test_patience_ends(answer: Callable[[], Answer], said: str) -> None:
    async with scripted([answer()], []) as client:
        with pytest.raises(NotSent, match=rf"not answered for 0.05 s \(.*{said}.*Is a service"):
            await Link(client, patience_s=0.05).request("GET", "/readyz")


async def test_a_client_carries_its_token() -> None:
    async with open_client("http://127.0.0.1:8600", "secret") as client:
        assert client.headers["Authorization"] == "Bearer secret"
        assert str(client.base_url) == "http://127.0.0.1:8600"


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8600", "ftp://radios.test", "http://", "http://h:p", ""]
)
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(NotSent, match="URL"):
        open_client(url, "secret")
