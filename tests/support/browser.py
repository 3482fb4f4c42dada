"""The page in a real Chromium, watched for whatever it should not do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from services.metrics.page import BUILT

CHROMIUM = Path("/usr/bin/chromium")
DESKTOP = (1440, 900)
PHONE = (390, 844)
_NOBODY_SIGNED_IN = "status of 401"


def require_browser() -> None:
    """Skip the test where it cannot be run, saying what to install; fail where it must run.

    STEPSIX_TEST_REQUIRE names what must not be missing, separated by commas.
    """
    if not CHROMIUM.exists():
        missing = f"install Chromium at {CHROMIUM} (Debian: apt-get install chromium)"
    elif not (BUILT / "index.html").exists():
        missing = "build the page (make web)"
    else:
        return
    if "browser" in os.environ.get("STEPSIX_TEST_REQUIRE", "").split(","):
        pytest.fail(f"A browser is required here: {missing}")
    pytest.skip(f"needs a browser: {missing}")


@dataclass
class Watched:
    """A tab, what went wrong in it, and where it sent requests to."""

    tab: Page
    wrong: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.tab.on("request", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        # A breach of the content security policy is an error on the console too.
        if message.type in {"error", "warning"} and _NOBODY_SIGNED_IN not in message.text:
            self.wrong.append(message.text)

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        self.origins.add(f"{address.scheme}://{address.netloc}")


@contextmanager
def watched(browser: Browser, origin: str, size: tuple[int, int] = DESKTOP) -> Iterator[Page]:
    """A tab in a browser profile of its own, which must cause no error and ask only ``origin``."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    watch = Watched(context.new_page())
    yield watch.tab
    context.close()
    assert watch.wrong == []
    assert watch.origins <= {origin}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser. It must not outlive the module: while it runs, asyncio tests cannot."""
    require_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()
