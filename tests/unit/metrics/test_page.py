"""The page's files and the headers they come with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.metrics.page import Page


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
async def client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.mount("/", Page(built))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://stepsix") as made:
        yield made


def build(built: Path) -> None:
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>stepsix</title>")
    (built / "assets" / "main-a1b2.js").write_text("0")


async def test_a_page_that_is_not_built_says_so_until_it_is(
    built: Path, client: httpx.AsyncClient
) -> None:
    answer = await client.get("/")
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
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} <= set(policy)


@pytest.mark.parametrize("path", ["/none", "/../secret", "/%2e%2e/secret"])
async def test_nothing_else_is_served(built: Path, client: httpx.AsyncClient, path: str) -> None:
    build(built)
    (built.parent / "secret").write_text("secret")
    assert (await client.get(path)).status_code == 404
