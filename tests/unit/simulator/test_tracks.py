import json
from pathlib import Path

import pytest

from services.simulator.tracks import BadTrack, Report, read

DATA = Path(__file__).parents[2] / "data"
GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<trkseg><trkpt lat="52.1" lon="-0.1"><time>2026-06-01T22:00:00Z</time><hdop>1.5</hdop></trkpt>
</trkseg>
<trkseg><trkpt lat="52.2" lon="-0.2">{time}</trkpt></trkseg>
</trk></gpx>"""


def track(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "fixes", "first", "last"),
    [
        # 2010-08-05T14:23:59Z to 16:23:49Z, and 2020-12-18T06:15:50Z to 06:24:24Z.
        ("walk.gpx", 296, 1281018239000, 1281025429000),
        ("car.gpx", 104, 1608272150000, 1608272664000),
    ],
)
def test_recorded_tracks(name: str, fixes: int, first: int, last: int) -> None:
    reports = read(DATA / name, "R1")
    assert len(reports) == fixes
    assert (reports[0].time, reports[-1].time) == (first, last)
    assert {report.ping["radio_id"] for report in reports} == {"R1"}


def test_a_gpx_point_becomes_a_ping(tmp_path: Path) -> None:
    text = GPX.format(time="<time>2026-06-01T23:00:10.5+01:00</time><sat>7</sat>")
    first, second = read(track(tmp_path, "a.GPX", text), "R1")
    assert first == Report(
        "track 1, point 1",
        {
            "radio_id": "R1",
            "kind": "gps",
            "lat": 52.1,
            "lon": -0.1,
            "fix_time": 1780351200000,
            "hdop": 1.5,
        },
    )
    assert second.where == "track 1, point 2"
    assert second.ping["fix_time"] == 1780351210500
    assert second.ping["satellites"] == 7


def test_ndjson_lines_are_pings(tmp_path: Path) -> None:
    text = '{"radio_id": "A", "lat": 1}\n\n{"kind": "radio", "sent_at": 5}\n'
    path = track(tmp_path, "a.ndjson", text)
    assert read(path, None) == [
        Report("line 1", {"radio_id": "A", "lat": 1}),
        Report("line 3", {"kind": "radio", "sent_at": 5}),
    ]
    assert [report.ping["radio_id"] for report in read(path, "B")] == ["B", "B"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "lat,lon", "should be a .gpx or an .ndjson file"),
        ("a.gpx", "<gpx><trk>\n<trkseg", "is not GPX: .*line 2"),
        ("a.gpx", GPX.format(time=""), "track 1, point 2 has no <time>. Export the track"),
        ("a.gpx", '<gpx version="1.1"></gpx>', "holds no track points"),
        ("a.ndjson", "", "holds no track points"),
        ("a.ndjson", "{}\n{lat: 1}", "line 2 is not JSON .*one ping"),
        ("a.ndjson", '{"lat": NaN}', "line 1 is not JSON .NaN is not a JSON number"),
        ("a.jsonl", "{}\n[1]", "line 2 should be a JSON object"),
    ],
)
def test_a_bad_file_is_named_with_the_place_and_the_remedy(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(BadTrack, match=rf"{name}: .*{said}"):
        read(track(tmp_path, name, text), "R1")


def test_a_gpx_file_needs_a_radio() -> None:
    with pytest.raises(BadTrack, match=r"walk\.gpx: .*Give --radio"):
        read(DATA / "walk.gpx", None)


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(BadTrack, match=r"gone\.gpx: cannot be read"):
        read(tmp_path / "gone.gpx", "R1")
    (tmp_path / "b.ndjson").write_bytes(b"\xff\xfe")
    with pytest.raises(BadTrack, match=r"b\.ndjson: cannot be read as UTF-8"):
        read(tmp_path / "b.ndjson", "R1")


@pytest.mark.parametrize(
    ("ping", "time"),
    [
        ({"fix_time": 1780351200000}, 1780351200000),
        ({"fix_time": "2026-06-01T22:00:00Z"}, 1780351200000),
        ({"sent_at": "2026-06-01T23:00:00.250+01:00"}, 1780351200250),
        ({"fix_time": 2, "sent_at": 1}, 2),
        ({"lat": 1}, None),
    ],
)
def test_when_a_report_was_sent(ping: dict[str, object], time: int | None) -> None:
    assert Report("line 1", ping).time == time


@pytest.mark.parametrize("said", ["yesterday", "2026-06-01T22:00:00", 1.5, True])
def test_a_time_that_is_none_names_the_line(said: object) -> None:
    with pytest.raises(BadTrack, match=r"line 7: fix_time .* RFC 3339"):
        _ = Report("line 7", {"fix_time": said}).time


def test_a_shifted_report_is_a_new_message() -> None:
    ping = json.loads('{"radio_id":"R","message_id":"m","fix_time":1000,"sent_at":1100,"lat":1}')
    assert Report("line 1", ping).shifted(50).ping == {"radio_id": "R", "lat": 1, "fix_time": 1050}
    assert Report("line 1", {"sent_at": 10}).shifted(5).ping == {"sent_at": 15}
    assert Report("line 1", {"lat": 1}).shifted(5).ping == {"lat": 1}
