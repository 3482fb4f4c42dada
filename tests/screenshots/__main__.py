"""``make screenshots``: each page as the demo shows it, for the README."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from services.simulator.radio import radio_id_of
from tests.support.browser import CHROMIUM, DESKTOP, PHONE
from tests.support.deployment import ROOT, Deployment, deployment

SHOTS = ROOT / "docs" / "screenshots"
READY_S = 200.0
WALL = (1920, 1080)
_SETTLED_MS = 6_000


class Shot(NamedTuple):
    """A file and what it shows; ``why`` is the reason to look at a track."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    scheme: Literal["dark", "light"] = "light"
    why: str | None = None


PAGES = (
    Shot("board", "/"),
    Shot("board-dark", "/", scheme="dark"),
    Shot("board-phone", "/", PHONE),
    Shot("wall", "/wall", WALL, "dark"),
    Shot("hotspot", "/hotspots/high-street"),
    Shot("unit", f"/units/{radio_id_of(8)}", why="Checking a patrol or its minutes"),
    Shot("edit", "/edit/market-square"),
    Shot("plans", "/plans"),
)


def main() -> None:
    """Start the demo, look at each page, and stop it."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="stepsix-screenshots-") as folder,
        deployment(Path(folder), "demo", READY_S) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        state = _signed_in(browser, demo)
        for shot in PAGES:
            _take(browser, demo, shot, state)
        browser.close()


def _signed_in(browser: Browser, demo: Deployment) -> Path:
    """The cookies of a browser that used the link which the demo prints."""
    found = re.search(r"http://\S+/sign-in\?code=\S+", demo.printed.read_text("utf-8"))
    if found is None:
        msg = "the demo printed no link"
        raise RuntimeError(msg)
    context = browser.new_context()
    context.new_page().goto(found[0])
    cookies = demo.data_dir / "browser.json"
    context.storage_state(path=cookies)
    context.close()
    return cookies


def _take(browser: Browser, demo: Deployment, shot: Shot, state: Path) -> None:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        locale="en-GB",
        storage_state=state,
    )
    tab = context.new_page()
    tab.goto(f"{demo.url}{shot.path}")
    if shot.why is not None:
        tab.get_by_label(shot.why).check()
        tab.get_by_role("button", name="Record this").click()
    tab.wait_for_timeout(_SETTLED_MS)
    tab.screenshot(path=SHOTS / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main()
