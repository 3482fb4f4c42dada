"""Recorded tracks fed to a real service give the visits that a person finds with pencil and paper.

Every figure below was worked out by hand from the GPX files, by the rules of the architecture
page: a visit begins with the first fix inside the boundary and ends with the first fix farther out
than the accuracy circle, which is 15 m here, for the tracks state none; the gap before the first
fix of a visit and the one after its last count half; a gap of over 180 s is unknown and counts
nowhere. The low bound counts the fixes inside alone; both bounds are widened by 1.645 times the
root of the sum of gap squared over 12, over the two gaps in which the boundary was crossed.

The tracks are moved to yesterday, at their own time of day, because visits are listed for eight
days.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.deployment import Deployment, deployment, stepsix

DATA = Path(__file__).parents[1] / "data"
Box = tuple[float, float, float, float]
"""South, west, north and east in degrees, so that inside or outside can be read off a fix."""

HOTSPOTS: dict[str, Box] = {
    "spring": (45.77158, 14.3573, 45.7724, 14.358),
    "meadow": (45.7685, 14.3559, 45.7697, 14.3571),
    "wood": (45.7662, 14.3548, 45.7684, 14.3565),
    "bend": (45.7649, 14.3609, 45.7659, 14.3621),
    "lights": (45.2759, 13.7195, 45.2771, 13.7206),
    "ramp": (45.2723, 13.7113, 45.2736, 13.7124),
}


@dataclass(frozen=True)
class Stay:
    """A visit as worked out by hand; durations in seconds, times in UTC."""

    hotspot: str
    entered: str
    left: str
    seconds: float
    low: float
    high: float
    unknown: float
    fixes: int


@dataclass(frozen=True)
class Track:
    """A recorded track of a day long ago, and whose visits it makes."""

    file: str
    radio_id: str
    recorded_on: str
    fixes: int
    stays: list[Stay]


# A fix without an accuracy is taken for one of 15 m, whose 80 % circle is one of 17.85 m.
# Fixes are counted from 0 over the whole file; a distance is that of a fix to the box.
WALK = [
    # The track begins inside: entered with fix 0, 14:23:59. Fix 7 (14:27:28) is the last inside,
    # 9 (14:27:55, 12.1 m) the last within 17.85 m, 10 (14:28:05, 19.6 m) is out: left between them.
    # 14:28:00 - 14:23:59 = 241 s. Low: to fix 7 it is 209 s, and half of the 18 s after it: 218 s.
    # One crossing, of 10 s: 1.645 * sqrt(100 / 12) = 4.7.
    Stay("spring", "14:23:59", "14:28:00", 241, 213.3, 245.7, 0, 10),
    # 34 (14:34:22) is out, 35 (14:34:57) in; 55 (14:43:12) in, 56 (14:43:50, 9.8 m) within 17.85 m,
    # 57 (14:44:45, 23.6 m) out. 14:34:39.5 to 14:44:17.5 is 578 s, of which the 196 s between 45
    # (14:37:28) and 46 (14:40:44) are unknown: 382 s. Low: 17.5 + (495 - 196) + 19 = 335.5.
    # Crossings of 35 s and 55 s: 1.645 * sqrt(4250 / 12) = 31.0.
    Stay("meadow", "14:34:39.5", "14:44:17.5", 382, 304.5, 413.0, 196, 22),
    # 56 (14:43:50) is 1.3 m out, 57 (14:44:45) in; 83 (14:49:23) in, 86 (14:49:48, 16.9 m) within
    # 17.85 m, 87 (14:49:56, 23.9 m) out. Low: 27.5 + 278 + 4 = 309.5.
    # Crossings of 55 s and 8 s: 1.645 * sqrt(3089 / 12) = 26.4.
    Stay("wood", "14:44:17.5", "14:49:52", 334.5, 283.1, 360.9, 0, 30),
    # 169 (15:04:48) is out, 170 (15:04:55) in; 177 (15:12:19) in, 179 (15:12:23, 17.3 m) within
    # 17.85 m, 180 (15:12:25, 30 m) out. 15:04:51.5 to 15:12:24 is 452.5 s, of which the 388 s from
    # 172 (15:05:08) to 173 (15:11:36) are unknown: 64.5 s. Low: 3.5 + (444 - 388) + 1 = 60.5.
    # Crossings of 7 s and 2 s: 1.645 * sqrt(53 / 12) = 3.5.
    Stay("spring", "15:04:51.5", "15:12:24", 64.5, 57.0, 68.0, 388, 10),
    # From here on the walker rides in a car. 214 (15:13:43) is out, 215 (15:13:49) in; 222
    # (15:14:07) in, 223 (15:14:09, 8.1 m) within 17.85 m, 224 (15:14:11, 18.8 m) out.
    # Low: 3 + 18 + 1 = 22. Crossings of 6 s and 2 s: 1.645 * sqrt(40 / 12) = 3.0.
    Stay("bend", "15:13:46", "15:14:10", 24, 19.0, 27.0, 0, 9),
    # 250 (15:40:37) is 1.8 m out, 251 (15:40:42) in; 256 (15:40:51) in, 257 (15:40:55, 18.2 m)
    # out. All inside: low is 13.5 too. Crossings of 5 s and 4 s: 1.645 * sqrt(41 / 12) = 3.0.
    Stay("bend", "15:40:39.5", "15:40:53", 13.5, 10.5, 16.5, 0, 6),
    # 259 (15:41:30) is out, 260 (15:41:33) in; 267 (15:41:49) in, 269 (15:41:53, 16.2 m) within
    # 17.85 m, 270 (15:43:37, 36.7 m) out. Low: 1.5 + 16 + 1 = 18.5, less than the uncertainty.
    # Crossings of 3 s and 104 s: 1.645 * sqrt(10825 / 12) = 49.4.
    Stay("bend", "15:41:31.5", "15:42:45", 73.5, 0.0, 122.9, 0, 10),
]
CAR = [
    # 12 (06:17:05) is 4.3 m out, 13 (06:17:06) in; 27 (06:17:24) in, 28 (06:17:31, 22.4 m) out.
    # Crossings of 1 s and 7 s: 1.645 * sqrt(50 / 12) = 3.4.
    Stay("ramp", "06:17:05.5", "06:17:27.5", 22, 18.6, 25.4, 0, 15),
    # The car waits here. 54 (06:19:07) is out, 55 (06:19:18) in; 81 (06:21:45) in, 82 (06:21:48,
    # 20.9 m) out. Crossings of 11 s and 3 s: 1.645 * sqrt(130 / 12) = 5.4.
    Stay("lights", "06:19:12.5", "06:21:46.5", 154, 148.6, 159.4, 0, 27),
]


def utc(day: str, time_of_day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time_of_day}+00:00")


def feature(name: str, box: Box) -> dict[str, Any]:
    south, west, north, east = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "id": name,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"name": name, "effective_from": "2010-01-01T00:00:00Z"},
    }


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("feed")) as running:
        drawn = {
            "type": "FeatureCollection",
            "features": [feature(name, box) for name, box in HOTSPOTS.items()],
        }
        with running.client() as client:
            client.put("/v1/hotspots", json=drawn).raise_for_status()
        yield running


@pytest.fixture(scope="module")
def token_file(service: Deployment) -> Path:
    """The token of a tracker, made by the command line beside the running service."""
    made = stepsix(
        *("token", "create", "--scope", "ingest", "--source", "tracker"),
        *("--data-dir", str(service.data_dir)),
    )
    assert made.returncode == 0, made.stderr
    path = service.data_dir / "tracker-token"
    path.write_text(made.stdout)
    return path


def feed(
    service: Deployment, token_file: Path, track: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    where = ("--url", service.url, "--token-file", str(token_file))
    return stepsix("feed", str(track), *where, *options)


def visits(service: Deployment, radio_id: str, count: int) -> list[dict[str, Any]]:
    """A radio's visits to the cores once there are ``count`` closed ones, by their beginning."""
    query = {"radio_id": radio_id, "ring": "core"}
    found: list[dict[str, Any]] = []
    deadline = time.monotonic() + 30
    with service.client() as client:
        while time.monotonic() < deadline:
            found = client.get("/v1/visits", params=query).raise_for_status().json()["items"]
            if sum(visit["state"] == "closed" for visit in found) == count:
                break
            time.sleep(0.2)
    return sorted(found, key=lambda visit: str(visit["entered_at"]))


@pytest.mark.parametrize(
    "track",
    [
        Track("walk.gpx", "WALK", "2010-08-05", 296, WALK),
        Track("car.gpx", "CAR", "2020-12-18", 104, CAR),
    ],
    ids=lambda track: track.radio_id,
)
def test_a_recorded_track_gives_the_visits_worked_out_by_hand(
    service: Deployment, token_file: Path, tmp_path: Path, track: Track
) -> None:
    day = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    moved = tmp_path / track.file
    moved.write_text((DATA / track.file).read_text().replace(track.recorded_on, day))
    fed = feed(service, token_file, moved, "--radio", track.radio_id)
    assert (fed.returncode, fed.stdout) == (0, f"{track.fixes} accepted, 0 rejected.\n"), fed.stderr
    found = visits(service, track.radio_id, len(track.stays))
    assert [visit["hotspot_id"] for visit in found] == [stay.hotspot for stay in track.stays]
    for visit, stay in zip(found, track.stays, strict=True):
        assert datetime.fromisoformat(visit["entered_at"]) == utc(day, stay.entered)
        assert datetime.fromisoformat(visit["left_at"]) == utc(day, stay.left)
        assert visit["seconds"] == stay.seconds
        assert visit["seconds_low"] == pytest.approx(stay.low, abs=0.06)
        assert visit["seconds_high"] == pytest.approx(stay.high, abs=0.06)
        assert visit["unknown_seconds"] == stay.unknown
        assert visit["fixes"] == stay.fixes


def test_what_is_rejected_is_named_by_its_line(
    service: Deployment, token_file: Path, tmp_path: Path
) -> None:
    track = tmp_path / "track.ndjson"
    good = {"radio_id": "N1", "lat": 52.0, "lon": -0.1, "fix_time": "2026-06-01T22:00:00Z"}
    bad = good | {"lat": 152.0}
    track.write_text(f"{json.dumps(good)}\n\n{json.dumps(bad)}\n")
    fed = feed(service, token_file, track)
    assert fed.returncode == 1
    said = fed.stdout.splitlines()
    assert said[0] == "1 accepted, 1 rejected."
    assert said[1].startswith("line 3: lat: ")


def test_at_its_recorded_pace_a_track_is_of_now(
    service: Deployment, token_file: Path, tmp_path: Path
) -> None:
    track = tmp_path / "track.ndjson"
    fixes = [{"radio_id": "N2", "lat": 52.0, "lon": -0.1, "fix_time": at} for at in (1000, 2500)]
    track.write_text("\n".join(json.dumps(fix) for fix in fixes))
    begun = time.time()
    fed = feed(service, token_file, track, "--pace", "recorded")
    assert (fed.returncode, fed.stdout) == (0, "2 accepted, 0 rejected.\n"), fed.stderr
    with service.client() as client:
        deadline = time.monotonic() + 20
        unit: dict[str, Any] = {}
        while time.monotonic() < deadline and not unit:
            items = client.get("/v1/units").raise_for_status().json()["items"]
            unit = next((each for each in items if each["radio_id"] == "N2"), {})
            time.sleep(0.2)
    assert begun < datetime.fromisoformat(unit["fix_time"]).timestamp() < time.time()


def test_a_revoked_token_is_refused_with_what_to_do(service: Deployment, tmp_path: Path) -> None:
    beside = ("--data-dir", str(service.data_dir))
    made = stepsix("token", "create", "--scope", "ingest", "--source", "old", *beside)
    token_id = made.stderr.split()[1].rstrip(";")
    listed = stepsix("token", "list", *beside)
    assert token_id in listed.stdout
    assert stepsix("token", "revoke", token_id, *beside).returncode == 0
    assert token_id not in stepsix("token", "list", *beside).stdout
    path = tmp_path / "token"
    path.write_text(made.stdout)
    # The service follows what other processes append within a fraction of a second.
    time.sleep(1)
    fed = feed(service, path, DATA / "car.gpx", "--radio", "X")
    assert fed.returncode == 1
    assert "401" in fed.stderr
    assert "Bearer" in fed.stderr
