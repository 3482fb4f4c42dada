"""One ``stepsix up`` serves a data directory; a second one is told so and who does."""

from __future__ import annotations

from pathlib import Path

import httpx

from deploy.kafka.broker import free_port
from tests.support.deployment import deployment, stepsix

PING = {"radio_id": "R1", "lat": 51.5, "lon": -0.1}


def second_up(data_dir: Path) -> tuple[int, str]:
    """How a second ``up`` on the folder ends, and what it says."""
    ended = stepsix("up", "--data-dir", str(data_dir), "--port", str(free_port()), timeout_s=30)
    return ended.returncode, ended.stderr


def test_a_second_server_is_refused_and_others_work_beside_the_first(tmp_path: Path) -> None:
    with deployment(tmp_path) as first:
        code, said = second_up(first.data_dir)
        assert code == 1
        holder = f"process {first.process.pid} at {first.url}"
        assert f"STEPSIX_DATA_DIR: {first.data_dir} is served already, by {holder}:" in said
        assert "stop that one, or give another --data-dir" in said
        assert "Traceback" not in said
        beside = stepsix("token", "list", "--data-dir", str(first.data_dir))
        assert beside.returncode == 0, beside.stderr
        with first.client() as client:
            assert client.post("/v1/pings", json=PING).status_code == 202
    with deployment(tmp_path) as next_one:
        assert httpx.get(f"{next_one.url}/healthz").is_success


def test_after_a_kill_a_new_server_starts_at_once(tmp_path: Path) -> None:
    with deployment(tmp_path) as first:
        first.process.kill()
        first.process.wait()
        with deployment(tmp_path) as second, second.client() as client:
            assert client.post("/v1/pings", json=PING).status_code == 202
            code, said = second_up(second.data_dir)
            assert code == 1
            assert f"by process {second.process.pid} at {second.url}:" in said
