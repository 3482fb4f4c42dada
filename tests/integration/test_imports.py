"""``stepsix plans import`` and ``stepsix duties import`` against a real process."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deployment import Deployment, deployment, stepsix
from tests.support.square import SQUARE


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("imports")) as running, running.client() as client:
        for id_ in ("market", "station"):
            feature = {"type": "Feature", "geometry": SQUARE, "properties": {"name": id_}}
            assert client.put(f"/v1/hotspots/{id_}", json=feature).is_success
        yield running


def imported(
    running: Deployment, what: str, text: str, folder: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    path = folder / f"{what}.csv"
    path.write_bytes(text.encode())
    at = ("--url", running.url, "--token-file", str(running.token_file))
    return stepsix(what, "import", str(path), *at, *options)


def flat(printed: str) -> str:
    """A table as one line, without its frame."""
    return " ".join("".join(" " if each in "│┃" else each for each in printed).split())


PLANS = (
    "\N{BOM}Plan_ID;Hotspot_ID;Weekdays;From;To;Patrols;Low;High;Effective_From;\r\n"
    "good;market;mon-thu;9:00;11:00;2;10;16;2026-06-01;\r\n"
    "good;;;22:00;2:00;1;;;;\r\n"
    ";;;;;;;;;\r\n"
    "lost;nowhere;fri;12:00;13:00;1;10;16;;\r\n"
    "both;market;sat thu;12:00;13:00;1;10;16;;\r\n"
    "half;station;fri;12:00;13:00;1;10;16;;\r\n"
    "half;;;14:00;14:00;1;;;;\r\n"
    "odd;station;fry;12:00;13:00;1;10;16;;\r\n"
)


def test_good_plans_are_put_and_bad_ones_are_told_of(running: Deployment, tmp_path: Path) -> None:
    tried = imported(running, "plans", PLANS, tmp_path, "--dry-run")
    with running.client() as client:
        assert client.get("/v1/plans/good").status_code == 404
    done = imported(running, "plans", PLANS, tmp_path)
    assert (tried.returncode, done.returncode, done.stderr) == (1, 1, "")
    assert tried.stdout.endswith("1 in order, 4 not; none was put.\n")
    assert done.stdout.endswith("1 put, 4 not.\n")
    for printed, good in ((tried.stdout, "in order"), (done.stdout, "put, version")):
        said = flat(printed)
        assert f"good 2 3 {good}" in said
        assert "lost 5 not put: row 5, hotspot_id: there is no hot spot nowhere" in said
        assert "both 6 not put: row 6, weekdays: plan good has thu for market at the same" in said
        assert "half 7 8 not put: row 8, to: to is 14:00 like from, so that the window has" in said
        assert "odd 9 not put: row 9, weekdays: fry is no weekday; write mon tue" in said
    with running.client() as client:
        plan = client.get("/v1/plans/good").json()
        assert plan["weekdays"] == ["mon", "tue", "wed", "thu"]
        assert [(each["from"], each["to"]) for each in plan["windows"]] == [
            ("09:00", "11:00"),
            ("22:00", "02:00"),
        ]
        assert plan["effective_from"] == "2026-05-31T23:00:00.000Z"
        assert client.get("/v1/plans/half").status_code == 404


def test_a_plan_imported_with_a_mistake_leaves_the_one_in_force(
    running: Deployment, tmp_path: Path
) -> None:
    text = "plan_id,hotspot_id,weekdays,from,to,patrols,low,high\nweek,station,mon,{},1,10,16\n"
    good = imported(running, "plans", text.format("12:00,13:00"), tmp_path)
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "1 put, 0 not.")
    bad = imported(running, "plans", text.format("12:00,25:00"), tmp_path)
    assert bad.returncode == 1
    assert "row 2, to: must be a local time of the day as hh:mm" in flat(bad.stdout)
    with running.client() as client:
        assert client.get("/v1/plans/week").json()["windows"][0]["to"] == "13:00"


ROSTER = (
    "duty_id,radio_id,officer_ids,from,to,hotspot_ids\n"
    "d-1,R1,P1 P2,2026-06-01 22:00,2026-06-02 06:00,market station\n"
    "d-2,R2,P3,2026-10-25 01:30,2026-10-25 09:00,\n"
    "d-3,R3,P4,2026-10-25 01:30+01:00,2026-10-25 09:00,\n"
    "d-4,R4,P5,2026-06-01 22:00,2026-06-03 06:00,\n"
    "d-5,R5,P6,P7,2026-06-01 22:00,2026-06-02 06:00,market\n"
)


def test_good_duties_are_put_and_bad_ones_are_told_of(running: Deployment, tmp_path: Path) -> None:
    done = imported(running, "duties", ROSTER, tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("2 put, 3 not.\n")
    said = flat(done.stdout)
    assert "d-2 3 not put: row 3, from: 2026-10-25 01:30 comes twice in Europe/London" in said
    assert "d-4 5 not put: row 5, to: the duty lasts 32.0 h; a duty lasts at most 24 h" in said
    assert "row 6: more cells than the first line names; put a cell that holds a comma in" in said
    with running.client() as client:
        first, third = (client.get(f"/v1/duties/d-{n}").json() for n in (1, 3))
        assert (first["from"], first["officer_ids"]) == ("2026-06-01T21:00:00.000Z", ["P1", "P2"])
        assert (third["from"], third["to"]) == (
            "2026-10-25T00:30:00.000Z",
            "2026-10-25T09:00:00.000Z",
        )
        assert client.get("/v1/duties/d-2").status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("duty_id;radio\nd-1;R1\n", "duties.csv: there is no column radio; the columns are"),
        ("", "the column duty_id is missing from the first line"),
    ],
)
def test_a_file_that_is_none(running: Deployment, tmp_path: Path, text: str, said: str) -> None:
    done = imported(running, "duties", text, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_a_token_without_the_scope_puts_nothing(running: Deployment, tmp_path: Path) -> None:
    made = stepsix("token", "create", "--scope", "view", "--data-dir", str(running.data_dir))
    path = tmp_path / "duties.csv"
    path.write_text(ROSTER)
    done = stepsix(
        "duties", "import", str(path), "--url", running.url, "--token", made.stdout.strip()
    )
    assert done.returncode == 1
    assert "403 This token lacks the scope supervise." in done.stderr
