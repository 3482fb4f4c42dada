"""The page's files and the headers they come with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.metrics.page import Page

HTML = "text/html; charset=utf-8"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
async def client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.mount("/", Page(built=built))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://stepsix") as made:
        yield made


def build(built: Path) -> None:
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>stepsix</title>")
    (built / "assets" / "main-a1b2.js").write_text("0")


ADDRESSES = [
    "/",
    "/wall",
    "/hotspots/market-square",
    "/units/T-1042",
    "/edit",
    "/edit/market",
    "/plans",
]


@pytest.mark.parametrize("path", ADDRESSES)
async def test_the_page_has_several_addresses(
    built: Path, client: httpx.AsyncClient, path: str
) -> None:
    build(built)
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, HTML)
    assert answer.content == (built / "index.html").read_bytes()
    etag = answer.headers["etag"]
    again = await client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.post(path)).status_code == 405


async def test_a_page_that_is_not_built_says_so_until_it_is(
    built: Path, client: httpx.AsyncClient
) -> None:
    for path in ADDRESSES:
        answer = await client.get(path)
        assert answer.status_code == 503
        assert "make web" in answer.text
    assert (await client.get("/assets/main-a1b2.js")).status_code == 404
    build(built)
    answer = await client.get("/")
    assert answer.status_code == 200
    assert "stepsix" in answer.text


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-cache"),
        ("/wall", "no-cache"),
        ("/hotspots/market-square", "no-cache"),
        ("/index.html", "no-cache"),
        ("/assets/main-a1b2.js", "public, max-age=31536000, immutable"),
    ],
)
async def test_headers(built: Path, client: httpx.AsyncClient, path: str, caching: str) -> None:
    build(built)
    headers = (await client.get(path)).headers
    assert headers["cache-control"] == caching
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].split("; ") == [
        "default-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ]


async def test_a_tile_server_may_be_asked_for_pictures_alone(built: Path) -> None:
    build(built)
    app = FastAPI()
    app.mount("/", Page("https://tiles.example.org:8443", built))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://stepsix") as client:
        policy = (await client.get("/wall")).headers["content-security-policy"].split("; ")
    assert "img-src 'self' https://tiles.example.org:8443" in policy
    assert [each for each in policy if "example" in each] == [policy[2]]


@pytest.mark.parametrize(
    "path",
    [
        "/none",
        "/../secret",
        "/%2e%2e/secret",
        "/assets/",
        "/walls",
        "/Wall",
        "/hotspots",
        "/hotspots/",
        "/hotspots/a/b",
        "/hotspots/a%2Fb",
        "/units/a/track",
        "/edit/market/more",
        "/v1/none",
    ],
)
async def test_nothing_else_is_served(built: Path, client: httpx.AsyncClient, path: str) -> None:
    build(built)
    (built.parent / "secret").write_text("secret")
    assert (await client.get(path)).status_code == 404
