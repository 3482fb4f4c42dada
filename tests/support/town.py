"""The demo, with a week behind it and a shift under way, and browsers that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import DESKTOP, watched
from tests.support.deployment import Deployment, deployment, stepsix

READY_S = 200.0


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Deployment]:
    """The demo as it runs; it is one for a whole module."""
    assert chromium.is_connected()  # Asked for first: without it there is no need to start this.
    with deployment(tmp_path_factory.mktemp("demo"), "demo", READY_S) as running:
        yield running


@contextmanager
def looking(
    chromium: Browser,
    demo: Deployment,
    token: str | None = None,
    size: tuple[int, int] = DESKTOP,
) -> Iterator[Page]:
    """A tab that is signed in, as the administrator unless there is another token."""
    with watched(chromium, demo.url, size) as tab:
        given = token or demo.token_file.read_text("ascii").strip()
        assert tab.request.post(f"{demo.url}/v1/session", data={"token": given}).ok
        yield tab


def token_of(demo: Deployment, *options: str) -> str:
    """A new token."""
    made = stepsix("token", "create", "--data-dir", str(demo.data_dir), *options)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()
