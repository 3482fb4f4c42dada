"""How smoothly the board's map moves, as a multiple of a bare Leaflet canvas with the same markers.

A real metrics service tells of 5,000 units that move once a second. In headless Chromium the page
shows them, and a page of twenty lines that only moves circle markers. Of each half second, in
which one round of news comes, the longest time between two frames is taken.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from random import Random
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from services.contracts.derived import Position
from services.eventlog.opening import Embedded, open_log
from services.metrics.page import BUILT
from tests.support.browser import CHROMIUM, DESKTOP
from tests.support.derived import a_position
from tests.support.metrics import derive, epoch_ms, prepare, serving

UNITS = 5_000
SECONDS = 20
_SETTLED_S = 4
_LEAFLET = BUILT.parent / "node_modules" / "leaflet" / "dist"
_BARE = """<!doctype html><title>bare</title><div id="map"></div>"""
_BARE_STYLE = "html, body, #map { height: 100%; margin: 0 }"
_BARE_SCRIPT = """
const map = L.map("map", { renderer: L.canvas(), zoomControl: false }).setView([53.48, -2.245], 14);
const dots = new Map(), moved = new Map();
let frame = 0;
function draw() {
  frame = 0;
  for (const [id, unit] of moved) {
    const at = [unit.lat, unit.lon];
    if (dots.has(id)) dots.get(id).setLatLng(at);
    else dots.set(id, L.circleMarker(at, { radius: 6 }).addTo(map));
  }
  moved.clear();
}
function hear(unit) {
  moved.set(unit.radio_id, unit);
  frame ||= requestAnimationFrame(draw);
}
const source = new EventSource("/v1/live");
source.addEventListener("reset", ({ data }) => JSON.parse(data).units.forEach(hear));
source.addEventListener("unit", ({ data }) => hear(JSON.parse(data)));
"""
_LONGEST = """seconds => new Promise(done => {
  const longest = [];
  let before = performance.now(), since = before;
  const ends = before + seconds * 1000;
  let most = 0;
  function frame(now) {
    most = Math.max(most, now - before);
    before = now;
    if (now - since >= 500) { longest.push(most); most = 0; since = now; }
    if (now < ends) requestAnimationFrame(frame);
    else done(longest);
  }
  requestAnimationFrame(frame);
})"""


def run() -> None:
    """Print both frame times and how many times the one is the other."""
    with _town() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        bare = _frame_ms(browser, link(), bare=True)
        ours = _frame_ms(browser, link(), bare=False)
        browser.close()
    print(f"map of {UNITS:,} moving units, bare Leaflet canvas  {bare:.0f} ms a frame")
    print(f"  the same, the page               {ours:.0f} ms  {ours / bare:.2f} times")


def _frame_ms(browser: Browser, link: str, *, bare: bool) -> float:
    width, height = DESKTOP
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=bare)
    tab = context.new_page()
    tab.goto(link)
    if bare:
        _show_bare(tab)
    else:
        tab.locator("#unit-rows > li").first.wait_for()
    time.sleep(_SETTLED_S)
    longest: list[float] = tab.evaluate(_LONGEST, SECONDS)
    context.close()
    return median(longest)


def _show_bare(tab: Page) -> None:
    tab.route("**/bare", lambda route: route.fulfill(body=_BARE, content_type="text/html"))
    tab.goto(tab.url.rstrip("/") + "/bare")
    tab.add_style_tag(path=_LEAFLET / "leaflet.css")
    tab.add_style_tag(content=_BARE_STYLE)
    tab.add_script_tag(path=_LEAFLET / "leaflet.js")
    tab.add_script_tag(content=_BARE_SCRIPT)


@contextmanager
def _town() -> Iterator[Callable[[], str]]:
    """A service that tells of moving units, in a thread; what it yields makes links to sign in."""
    links: Queue[Callable[[], str]] = Queue()
    over = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_tell(links, over)))
    thread.start()
    try:
        yield links.get(timeout=60)
    finally:
        over.set()
        thread.join()


async def _tell(links: Queue[Callable[[], str]], over: threading.Event) -> None:
    with tempfile.TemporaryDirectory(prefix="stepsix-bench-") as folder:
        log = await open_log(Embedded(Path(folder), 2))
        await prepare(log)
        async with serving(log) as served:
            links.put(
                lambda: (
                    f"{served.client.base_url}/sign-in?code={served.sessions.invite('the-view')}"
                )
            )
            chance = Random(6)  # noqa: S311 - a town, no secret
            revision = 0
            while not over.is_set():
                revision += 1
                began = time.monotonic()
                await derive(log, (_moved(unit, revision, chance) for unit in range(UNITS)))
                await asyncio.sleep(max(0.0, began + 1 - time.monotonic()))
        await log.close()


def _moved(unit: int, revision: int, chance: Random) -> Position:
    lat = 53.46 + 0.04 * (unit % 71) / 71 + chance.uniform(-1e-4, 1e-4)
    lon = -2.28 + 0.07 * (unit // 71) / 71 + chance.uniform(-1e-4, 1e-4)
    return a_position(f"T-{unit}", heard_at=epoch_ms(), revision=revision, lat=lat, lon=lon)
