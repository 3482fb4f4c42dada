"""The page in a real browser, on the real services."""

from __future__ import annotations

import gzip
import re
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from services.metrics.page import BUILT
from tests.support.browser import DESKTOP, PHONE, require_browser, watched
from tests.support.cluster import Cluster, cluster
from tests.support.deployment import Deployment, deployment, stepsix
from tests.support.kafka import require_broker

pytestmark = pytest.mark.browser

LONDON = ZoneInfo("Europe/London")
LAT, LON = 52.056, 1.148
SOON_MS = 15_000
"""Long enough for a slow machine; the page itself takes under a second."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Deployment]:
    assert chromium.is_connected()  # Asked for first: without it there is no need to start this.
    with deployment(tmp_path_factory.mktemp("page")) as running:
        yield running


@pytest.fixture
def tab(chromium: Browser, service: Deployment) -> Iterator[Page]:
    with watched(chromium, service.url) as page:
        yield page


def sign_in(tab: Page, url: str, token: str) -> None:
    tab.goto(url)
    tab.get_by_label("Access token").fill(token)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.locator("#connection")).to_have_text("Live", timeout=SOON_MS)


def sign_in_to(tab: Page, service: Deployment) -> None:
    sign_in(tab, service.url, service.token_file.read_text("ascii").strip())


def midnight() -> datetime:
    """When the force's day began."""
    return datetime.now(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)


def square(north_of_town: int) -> dict[str, Any]:
    """A hot spot's boundary 200 m across, in a place that no other test uses."""
    south, west = LAT + 0.01 * north_of_town, LON
    north, east = south + 0.0018, west + 0.0029
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def draw(client: httpx.Client, hotspot_id: str, name: str, north_of_town: int) -> None:
    """Draw a hot spot that has been in force all day."""
    feature = {
        "type": "Feature",
        "geometry": square(north_of_town),
        "properties": {"name": name, "effective_from": midnight().isoformat()},
    }
    client.put(f"/v1/hotspots/{hotspot_id}", json=feature).raise_for_status()


def ping(client: httpx.Client, radio_id: str, north_of_town: float, at: float) -> None:
    """A fix 100 m inside the west edge of that place's hot spot, at a time in epoch seconds."""
    fix = {
        "radio_id": radio_id,
        "lat": LAT + 0.01 * north_of_town + 0.0009,
        "lon": LON + 0.00145,
        "accuracy_m": 5,
        "fix_time": int(at * 1000),
    }
    answer = client.post("/v1/pings", json=fix)
    assert answer.status_code == 202, answer.text


def row(tab: Page, name: str) -> Locator:
    return tab.locator("#hotspot-rows > li", has_text=name)


def test_the_whole_page_is_small() -> None:
    """Gzipped, and with what is fetched only by those who need it."""
    require_browser()
    sizes = {
        file.name: len(gzip.compress(file.read_bytes()))
        for file in BUILT.rglob("*")
        if file.suffix in {".js", ".css", ".html"}
    }
    assert sum(sizes.values()) < 250_000, sizes


def test_a_sign_in_link_works_once(chromium: Browser, service: Deployment) -> None:
    found = re.search(r"http://\S+/sign-in\?code=\S+", service.printed.read_text("utf-8"))
    assert found is not None
    link = found[0]
    with watched(chromium, service.url) as first:
        first.goto(link)
        assert first.url == f"{service.url}/"
        expect(first.locator("#connection")).to_have_text("Live", timeout=SOON_MS)
        expect(first.locator("#sign-in")).to_be_hidden()
        assert first.context.cookies()[0]["httpOnly"]
    with watched(chromium, service.url) as second:
        answer = second.request.get(link)
        assert answer.status == 401
        assert "This sign-in link is not valid any more" in answer.text()
        second.goto(service.url)
        expect(second.locator("#sign-in")).to_be_visible()


def test_a_wrong_token_is_refused_and_signing_out_forgets(tab: Page, service: Deployment) -> None:
    tab.goto(service.url)
    tab.get_by_label("Access token").fill("guess")
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.locator("#sign-in-problem")).to_contain_text("not known here")
    expect(tab.locator("#board")).to_be_hidden()

    sign_in_to(tab, service)
    tab.get_by_role("button", name="Sign out").click()
    expect(tab.locator("#sign-in")).to_be_visible()
    assert tab.context.cookies() == []


def test_a_token_that_may_not_see_the_picture_is_told_so(tab: Page, service: Deployment) -> None:
    done = stepsix("token", "create", "--scope", "scrape", "--data-dir", str(service.data_dir))
    tab.goto(service.url)
    tab.get_by_label("Access token").fill(done.stdout.strip())
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.locator("#sign-in-problem")).to_contain_text("may not see this page")
    expect(tab.locator("#board")).to_be_hidden()


def test_pings_become_units_and_minutes_without_a_reload(tab: Page, service: Deployment) -> None:
    now = time.time()
    entered = max(now - 8 * 60, midnight().timestamp())
    with service.client() as client:
        sign_in_to(tab, service)
        tab.evaluate("window.notReloaded = true")
        draw(client, "hs-live", "Market Place", 1)
        place = row(tab, "Market Place")
        expect(place).to_contain_text("no patrol recorded", timeout=SOON_MS)
        expect(place).to_contain_text("no unit here now")

        client.put("/v1/radios/R-live", json={"call_sign": "NA11"}).raise_for_status()
        for step in range(5):
            ping(client, "R-live", 1, entered + (now - entered) * step / 5)
        unit = tab.locator("#unit-rows > li", has_text="NA11")
        expect(unit).to_contain_text("in Market Place", timeout=SOON_MS)
        expect(unit).to_contain_text("±5 m")
        expect(place).to_contain_text("1 unit here now")

        ping(client, "R-live", 1.5, now)
        expect(unit).to_contain_text("outside all hot spots", timeout=SOON_MS)
        expect(place).to_contain_text("no unit here now", timeout=SOON_MS)
        shown = figures(client, "hs-live")
        expect(place.locator(".row-figure")).to_have_text(shown, timeout=SOON_MS)
        assert tab.evaluate("window.notReloaded")


def figures(client: httpx.Client, hotspot_id: str) -> re.Pattern[str]:
    """Today's minutes as the API has them, in the page's words."""
    items = client.get("/v1/hotspots").raise_for_status().json()["items"]
    today = next(each for each in items if each["hotspot_id"] == hotspot_id)["minutes_today"]
    assert 0 < today["low"] <= today["estimate"] <= today["high"]
    estimate = "<1" if today["estimate"] < 1 else str(round(today["estimate"]))
    low, high = int(today["low"]), -int(-today["high"] // 1)
    return re.compile(rf"^{estimate} min\s*{low}\u2013{high}$")


def test_a_changed_and_a_deleted_hot_spot_show_at_once(tab: Page, service: Deployment) -> None:
    with service.client() as client:
        sign_in_to(tab, service)
        draw(client, "hs-brief", "Bridge Street", 2)
        expect(row(tab, "Bridge Street")).to_be_visible(timeout=SOON_MS)
        draw(client, "hs-brief", "Bridge Street North", 2)
        expect(row(tab, "Bridge Street North")).to_be_visible(timeout=SOON_MS)
        client.delete("/v1/hotspots/hs-brief").raise_for_status()
        expect(row(tab, "Bridge Street North")).to_have_count(0, timeout=SOON_MS)
        expect(tab.locator(".hotspot-label", has_text="Bridge Street")).to_have_count(0)


def test_names_are_shown_as_text_in_the_list_and_on_the_map(tab: Page, service: Deployment) -> None:
    name = '<img src="https://elsewhere.example/x.png" onerror="alert(1)">'
    with service.client() as client:
        draw(client, "hs-hostile", name, 3)
        sign_in_to(tab, service)
        expect(row(tab, name)).to_be_visible(timeout=SOON_MS)
        expect(tab.locator(".hotspot-label", has_text=name)).to_have_count(1)
        assert tab.locator("#board img").count() == 0
        client.delete("/v1/hotspots/hs-hostile").raise_for_status()


def test_simulated_figures_say_so_on_screen_and_on_paper(tab: Page, service: Deployment) -> None:
    sign_in_to(tab, service)
    banner = tab.locator("#simulated")
    expect(banner).to_be_hidden()
    with service.client() as client:
        town = {"name": "A town", "simulated": True}
        client.put("/v1/sources/town", json=town).raise_for_status()
        expect(banner).to_be_visible(timeout=SOON_MS)
        expect(banner).to_contain_text("SIMULATED")
        tab.emulate_media(media="print")
        expect(banner).to_be_visible()
        assert banner.bounding_box() is not None
        tab.emulate_media(media="screen")
        client.delete("/v1/sources/town").raise_for_status()
    expect(banner).to_be_hidden(timeout=SOON_MS)


def test_the_keyboard_reaches_the_list_and_moves_the_map(tab: Page, service: Deployment) -> None:
    with service.client() as client:
        draw(client, "hs-keys", "Canal Walk", 4)
        sign_in_to(tab, service)
        expect(row(tab, "Canal Walk")).to_be_visible(timeout=SOON_MS)
    before = tab.locator(".leaflet-control-scale-line").inner_text()
    tab.locator("body").press("Tab")
    tab.get_by_role("link", name="Skip to the content").press("Enter")
    button = tab.locator("#hotspot-rows button", has_text="Canal Walk")
    while not button.evaluate("element => element === document.activeElement"):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(tab.locator(".leaflet-control-scale-line")).not_to_have_text(before, timeout=SOON_MS)


def test_on_a_phone_nothing_lies_beyond_the_edge(chromium: Browser, service: Deployment) -> None:
    with watched(chromium, service.url, PHONE) as phone:
        sign_in_to(phone, service)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        map_box, list_box = (phone.locator(each).bounding_box() for each in ("#map", ".lists"))
        assert map_box is not None
        assert list_box is not None
        assert map_box["height"] > 200
        assert map_box["y"] + map_box["height"] <= list_box["y"]


def test_the_wall_screen_is_dark_and_shows_what_fits(tab: Page, service: Deployment) -> None:
    with service.client() as client:
        for number in range(20):
            draw(client, f"hs-wall-{number}", f"Wall Street {number}", 20 + number)
        sign_in_to(tab, service)
        tab.get_by_role("link", name="Wall", exact=True).click()
        rows = tab.locator("#wall-hotspots li")
        expect(tab.locator("#wall-hotspots .note")).to_contain_text("more", timeout=SOON_MS)
        places = tab.locator(".hotspot-label").count()
        assert 1 < rows.count() < places
        expect(tab.locator("#wall-hotspots .note")).to_have_text(
            f"and {places - rows.count()} more"
        )
        last = rows.last.bounding_box()
        room = tab.locator("#wall-hotspots ul").bounding_box()
        assert last is not None
        assert room is not None
        assert last["y"] + last["height"] <= room["y"] + room["height"]
        assert tab.evaluate("document.documentElement.scrollHeight") == DESKTOP[1]
        expect(tab.locator("#wall button, #wall a, #wall input")).to_have_count(0)
        expect(tab.locator("body")).to_have_css("background-color", "rgb(11, 18, 27)")
        for number in range(20):
            client.delete(f"/v1/hotspots/hs-wall-{number}").raise_for_status()


def test_a_silent_service_is_told_and_its_return_too(tab: Page, service: Deployment) -> None:
    sign_in_to(tab, service)
    service.process.send_signal(signal.SIGSTOP)
    try:
        alert = tab.get_by_role("alert").filter(has_text="Nothing heard from the service since")
        expect(alert).to_be_visible(timeout=SOON_MS)
        expect(tab.locator("#connection")).to_have_text("No connection")
        expect(tab.locator("#map")).to_have_css("filter", "grayscale(1)")
    finally:
        service.process.send_signal(signal.SIGCONT)
    expect(tab.locator("#connection")).to_have_text("Live", timeout=2 * SOON_MS)
    expect(tab.locator("#banner")).to_be_hidden()
    expect(tab.locator("#map")).to_have_css("filter", "none")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Cluster]:
    assert chromium.is_connected()
    require_broker()
    with cluster(tmp_path_factory.mktemp("parts")) as running:
        yield running


@pytest.mark.kafka
@pytest.mark.timeout(300)  # A broker and three services start first.
def test_a_stopped_geofence_is_told_and_its_return_too(chromium: Browser, parts: Cluster) -> None:
    with watched(chromium, parts.metrics.url) as tab:
        sign_in(tab, parts.metrics.url, parts.token)
        parts.geofence.process.send_signal(signal.SIGSTOP)
        try:
            alert = tab.get_by_role("alert").filter(has_text="The service is behind")
            expect(alert).to_be_visible(timeout=3 * SOON_MS)
            expect(tab.locator("#banner-more")).to_contain_text("Figures are as of")
            expect(tab.locator("#banner-more")).to_contain_text("geofence is")
            expect(tab.locator("#map")).to_have_css("filter", "grayscale(1)")
        finally:
            parts.geofence.process.send_signal(signal.SIGCONT)
        expect(tab.locator("#connection")).to_have_text("Live", timeout=3 * SOON_MS)
        expect(tab.locator("#banner")).to_be_hidden()
