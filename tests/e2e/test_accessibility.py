"""axe-core finds nothing wrong with any page of the demo, light or dark, wide or on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from services.metrics.page import BUILT
from services.simulator.radio import radio_id_of
from tests.support.browser import DESKTOP, PHONE
from tests.support.deployment import Deployment

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

AXE = BUILT.parent / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SOON_MS = 30_000
PAGES = {
    "board": "/",
    "wall": "/wall",
    "hot spot": "/hotspots/high-street",
    "unit": f"/units/{radio_id_of(0)}",
    "edit": "/edit",
    "edit one": "/edit/market-square",
    "plans": "/plans",
    "nowhere": "/hotspots/nowhere",
}


@pytest.fixture(params=["light", "dark", "phone"])
def context(
    request: pytest.FixtureRequest, chromium: Browser, demo: Deployment
) -> Iterator[BrowserContext]:
    """A browser in one of three ways, signed in."""
    width, height = PHONE if request.param == "phone" else DESKTOP
    opened = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if request.param == "dark" else "light",
        locale="en-GB",
    )
    token = demo.token_file.read_text("ascii").strip()
    answer = opened.request.post(f"{demo.url}/v1/session", data={"token": token})
    assert answer.ok
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(context: BrowserContext, demo: Deployment, name: str) -> None:
    tab = context.new_page()
    tab.goto(f"{demo.url}{PAGES[name]}")
    tab.locator("h1, h2").first.wait_for(timeout=SOON_MS)
    tab.wait_for_timeout(1_500)  # for what is asked for after the first picture
    assert violations(tab) == []


def test_signing_in_has_nothing_wrong_either(chromium: Browser, demo: Deployment) -> None:
    tab = chromium.new_page()
    tab.goto(demo.url)
    tab.get_by_role("heading", name="Sign in").wait_for()
    assert violations(tab) == []
    tab.close()


def violations(tab: Page) -> list[str]:
    """What axe finds on a page: the rule, and the elements."""
    tab.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = tab.evaluate(
        "standards => axe.run(document, {runOnly: standards}).then(said => said.violations)",
        STANDARDS,
    )
    return [
        f"{each['id']}: {node['target']} {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]
