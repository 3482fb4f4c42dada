"""Drawing hot spots and writing plans in a real browser, under the page's own policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PHONE, watched
from tests.support.deployment import Deployment, deployment

pytestmark = pytest.mark.browser

SOON_MS = 15_000
METRE_OF_LAT = 1 / 111_270
"""At 52 degrees north, to a thousandth."""
SQUARE = [[1.148, 52.056], [1.1495, 52.056], [1.1495, 52.057], [1.148, 52.057], [1.148, 52.056]]
AREA: dict[str, Any] = {"type": "Polygon", "coordinates": [SQUARE]}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Deployment]:
    assert chromium.is_connected()  # Asked for first: without it there is no need to start this.
    with deployment(tmp_path_factory.mktemp("editing")) as running:
        put(running, "market", "Market Place")
        yield running


@pytest.fixture
def tab(chromium: Browser, service: Deployment) -> Iterator[Page]:
    with watched(chromium, service.url) as page:
        sign_in(page, service)
        yield page


def put(service: Deployment, hotspot_id: str, name: str) -> None:
    feature = {"type": "Feature", "geometry": AREA, "properties": {"name": name}}
    with service.client() as client:
        client.put(f"/v1/hotspots/{hotspot_id}", json=feature).raise_for_status()


def sign_in(tab: Page, service: Deployment) -> None:
    tab.goto(service.url)
    tab.get_by_label("Access token").fill(service.token_file.read_text("ascii").strip())
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.locator("#connection")).to_have_text("Live", timeout=SOON_MS)


def held(service: Deployment, path: str) -> dict[str, Any]:
    with service.client() as client:
        found: dict[str, Any] = client.get(path).raise_for_status().json()
        return found


def press(tab: Page, *names: str) -> None:
    for name in names:
        tab.get_by_role("button", name=name, exact=True).click()


def draw_square_on_map(tab: Page) -> None:
    box = tab.locator("#edit-map").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    corners = [(-60, -60), (60, -60), (60, 60), (-60, 60)]
    for number, (east, south) in enumerate([*corners, corners[0]]):
        tab.mouse.click(middle[0] + east, middle[1] + south)
        expect(tab.locator("#edit-map .corner")).to_have_count(min(number + 1, 4))


def test_a_hot_spot_is_drawn_reshaped_put_and_deleted(tab: Page, service: Deployment) -> None:
    tab.get_by_role("link", name="Edit", exact=True).click()
    tab.get_by_role("link", name="Draw a new hot spot").click()
    press(tab, "Draw on the map")
    draw_square_on_map(tab)
    expect(tab.get_by_role("button", name="Done drawing")).to_have_count(0)

    corner = tab.locator("#edit-map .corner").nth(2)
    tab.locator("#edit-map .halfway").first.click()
    expect(tab.locator("#edit-map .corner")).to_have_count(5)
    corner.hover()
    tab.mouse.down()
    box = corner.bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + 60, box["y"] + 60, steps=5)
    tab.mouse.up()

    overlaps = tab.locator(".overlaps")
    expect(overlaps).to_contain_text("Market Place", timeout=SOON_MS)
    expect(overlaps).to_contain_text("of this hot spot lies in it too")
    shared = tab.locator("#edit-map path.shared")
    expect(shared).to_have_count(2)
    assert shared.first.get_attribute("clip-path") == "url(#own-core)"

    tab.get_by_label("Name", exact=True).fill("St Mary's Yard")
    press(tab, "Save")
    expect(tab.locator(".told")).to_contain_text("St Mary's Yard is saved", timeout=SOON_MS)
    assert tab.url == f"{service.url}/edit/st-marys-yard"
    ring = held(service, "/v1/hotspots/st-marys-yard")["geometry"]["coordinates"][0]
    assert len(ring) == 6

    press(tab, "Delete", "Delete it now")
    expect(tab.locator(".told")).to_contain_text("is deleted", timeout=SOON_MS)
    expect(tab.locator(".places", has_text="St Mary's Yard")).to_have_count(0, timeout=SOON_MS)


def test_a_hot_spot_is_drawn_by_keyboard_alone(tab: Page, service: Deployment) -> None:
    def go_to(name: str) -> None:
        focused = "document.activeElement.ariaLabel ?? document.activeElement.textContent"
        for _ in range(60):
            if tab.evaluate(focused) == name:
                return
            tab.keyboard.press("Tab")
        pytest.fail(f"the keyboard does not reach {name}")

    for link in ("Edit", "Draw a new hot spot"):
        go_to(link)
        tab.keyboard.press("Enter")
        expect(tab.locator("#edit")).to_be_visible(timeout=SOON_MS)
    expect(tab.get_by_role("heading", name="New hot spot")).to_be_visible()
    go_to("Start with a square")
    tab.keyboard.press("Enter")
    go_to("Corner 3")
    before = float(tab.get_by_label("Latitude of corner 3", exact=True).input_value())
    tab.keyboard.press("Shift+ArrowUp")
    tab.keyboard.press("ArrowUp")
    tab.get_by_label("Name", exact=True).focus()
    tab.keyboard.type("Keys")
    tab.keyboard.press("Enter")
    expect(tab.locator(".told")).to_contain_text("Keys is saved", timeout=SOON_MS)
    ring = held(service, "/v1/hotspots/keys")["geometry"]["coordinates"][0]
    assert ring[2][1] - before == pytest.approx(11 * METRE_OF_LAT, abs=METRE_OF_LAT)


def test_a_plan_is_written_changed_and_ended(tab: Page, service: Deployment) -> None:
    tab.get_by_role("link", name="Plans", exact=True).click()
    press(tab, "Add a plan for Market Place")
    tab.locator(".weekdays label", has_text="Fri").click()
    tab.get_by_label("From, window 1", exact=True).fill("22:00")
    tab.get_by_label("To, window 1", exact=True).fill("02:00")
    tab.get_by_label("Patrols, window 1", exact=True).fill("2")
    expect(tab.locator(".sum")).to_contain_text(
        "2 patrols \u00d7 10\u201320 min = 20\u201340 min a day"
    )
    press(tab, "Save")
    expect(tab.locator(".told")).to_contain_text("Plan market-fri is saved", timeout=SOON_MS)
    assert held(service, "/v1/plans/market-fri")["minutes_per_day"] == 20

    row = tab.locator(".plan-table tr", has_text="market-fri")
    expect(row).to_contain_text("22:00\u201302:00 (next day)")
    press(tab, "Edit plan market-fri")
    tab.get_by_label("Most minutes each", exact=True).fill("16")
    press(tab, "Save")
    expect(row).to_contain_text("20\u201332 min a day", timeout=SOON_MS)
    press(tab, "End plan market-fri", "End it now")
    expect(row).to_have_count(0, timeout=SOON_MS)
    with pytest.raises(httpx.HTTPStatusError):
        held(service, "/v1/plans/market-fri")


def test_on_a_phone_nothing_lies_beyond_the_edge(chromium: Browser, service: Deployment) -> None:
    with watched(chromium, service.url, PHONE) as phone:
        sign_in(phone, service)
        phone.get_by_role("link", name="Edit", exact=True).click()
        phone.get_by_role("link", name="Market Place").click()
        expect(phone.locator(".covers")).to_be_visible(timeout=SOON_MS)
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        phone.get_by_role("link", name="Plans", exact=True).click()
        press(phone, "Add a plan for Market Place")
        assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
