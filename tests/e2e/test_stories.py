"""What people come to the page for, on the demo's town, and that axe-core finds nothing wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from services.metrics.page import BUILT
from services.simulator.radio import call_sign_of, radio_id_of
from tests.support.browser import PHONE
from tests.support.deployment import Deployment
from tests.support.town import looking, token_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SOON_MS = 15_000


def test_what_one_screen_acknowledges_is_quiet_on_every_screen(
    chromium: Browser, demo: Deployment
) -> None:
    with looking(chromium, demo) as one, looking(chromium, demo) as other:
        for tab in (one, other):
            tab.goto(demo.url)
        missed = one.locator("#alert-rows > li", has_text="Window missed").first
        missed.get_by_role("button", name=re.compile("^Acknowledge")).click(timeout=SOON_MS)
        one.get_by_label("Note (optional)").fill("Red team goes at six")
        one.get_by_role("button", name="Acknowledge", exact=True).last.click()
        for tab in (one, other):
            quiet = tab.locator("#acknowledged-rows > li")
            expect(quiet).to_contain_text("Red team goes at six", timeout=SOON_MS)
            expect(quiet).to_contain_text("Bus Station")


def test_a_hot_spots_day_is_explained_down_to_its_visits(
    chromium: Browser, demo: Deployment
) -> None:
    with looking(chromium, demo) as tab:
        tab.goto(demo.url)
        row = tab.locator("#hotspot-rows > li", has_text="Market Square")
        row.get_by_role("link").click(timeout=SOON_MS)
        expect(tab.get_by_role("heading", name="Market Square")).to_be_visible(timeout=SOON_MS)
        tab.get_by_role("button", name=re.compile("^Police minutes")).click(timeout=SOON_MS)
        why = tab.get_by_role("heading", name="What the police minutes are made of")
        expect(why).to_be_visible(timeout=SOON_MS)
        tab.get_by_role("button", name="The day before").click()
        expect(tab).to_have_url(re.compile(r"\?day=\d{4}-\d\d-\d\d$"))
        expect(tab.get_by_text("final", exact=True).first).to_be_visible(timeout=SOON_MS)
        expect(tab.get_by_role("heading", name=re.compile("GPS"))).to_be_visible(timeout=SOON_MS)


def test_the_board_lies_on_the_towns_own_streets(chromium: Browser, demo: Deployment) -> None:
    with looking(chromium, demo) as tab:
        with tab.expect_response("**/basemap.geojson") as answer:
            tab.goto(demo.url)
        assert answer.value.ok
        expect(tab.locator("#hotspot-rows > li").first).to_be_visible(timeout=SOON_MS)


def test_a_track_is_shown_to_who_says_why(chromium: Browser, demo: Deployment) -> None:
    with looking(chromium, demo, token_of(demo, "--scope", "view")) as tab:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(demo.url)
        unit = tab.locator("#unit-rows > li", has_text=call_sign_of(0))
        unit.get_by_role("link").click(timeout=SOON_MS)
        expect(tab.get_by_role("heading", name=call_sign_of(0))).to_be_visible(timeout=SOON_MS)
        expect(tab.get_by_text("Each look is recorded")).to_be_visible(timeout=SOON_MS)
        assert not [url for url in asked if "/track" in url]
        tab.get_by_label("Checking a patrol or its minutes").check()
        with tab.expect_response("**/track?**") as answer:
            tab.get_by_role("button", name="Record this and show the track").click()
        assert answer.value.ok
        assert "why" not in answer.value.url
        expect(tab.get_by_text("This look was recorded.")).to_be_visible(timeout=SOON_MS)
        expect(tab.get_by_role("slider", name="Time along the track")).to_be_visible()


def test_officers_see_their_own_on_a_phone(chromium: Browser, demo: Deployment) -> None:
    with demo.client() as client:
        duties = client.get("/v1/duties", params={"radio_id": radio_id_of(0)}).json()["items"]
    now = [duty for duty in duties if not duty["settled"]]
    [officer] = min(now, key=lambda duty: str(duty["from"]))["officer_ids"]
    own = token_of(demo, "--scope", "own", "--officer", officer)
    with looking(chromium, demo, own, PHONE) as tab:
        tab.goto(demo.url)
        expect(tab.get_by_role("heading", name="My duties")).to_be_visible(timeout=SOON_MS)
        expect(tab.locator("#simulated")).to_be_visible()
        tab.locator("ul.duties a").first.click()
        expect(tab.get_by_text("Your own track")).to_be_visible(timeout=SOON_MS)
        expect(tab.get_by_role("heading", name="Visits")).to_be_visible(timeout=SOON_MS)
        assert tab.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        denied = tab.request.get(f"{demo.url}/v1/units")
        assert denied.status == 403


AXE = BUILT.parent / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(chromium: Browser, demo: Deployment, name: str) -> None:
    """In light, in dark, and as wide as a phone."""
    tab = chromium.new_page(locale="en-GB", reduced_motion="reduce")
    token = demo.token_file.read_text("ascii").strip()
    assert tab.request.post(f"{demo.url}/v1/session", data={"token": token}).ok
    tab.goto(f"{demo.url}{PAGES[name]}")
    tab.locator("h1, h2").first.wait_for(timeout=SOON_MS)
    tab.wait_for_timeout(1_500)  # for what is asked for after the first picture
    assert violations(tab) == []
    tab.emulate_media(color_scheme="dark")
    assert violations(tab) == []
    width, height = PHONE
    tab.set_viewport_size({"width": width, "height": height})
    tab.wait_for_timeout(300)  # for what is drawn anew
    assert violations(tab) == []
    tab.close()


def test_axe_finds_nothing_in_the_way_in(chromium: Browser, demo: Deployment) -> None:
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
