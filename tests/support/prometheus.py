"""A real Prometheus with the configuration of ``deploy/prometheus``, and its tool promtool."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from deploy.kafka.broker import free_port
from tests.support.deployment import ROOT
from tests.support.required import missing

DEPLOYED = ROOT / "deploy" / "prometheus"
READY_S = 60.0
STOP_S = 20.0


def tool(name: str) -> str:
    """The path of ``prometheus`` or ``promtool``; skips the test where there is none."""
    path = shutil.which(name)
    if path is None:
        missing("prometheus", "install the package prometheus")
    return path


def promtool(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run promtool to its end with ``given`` as its standard input."""
    return subprocess.run(  # noqa: S603 - no shell
        [tool("promtool"), *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def rules(file: str) -> list[dict[str, Any]]:
    """The rules of a deployed file, in order."""
    groups = yaml.safe_load((DEPLOYED / file).read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def configured(folder: Path, target: str, token: str) -> Path:
    """A copy of what is deployed that scrapes one target each second; where it is configured."""
    copied = Path(shutil.copytree(DEPLOYED, folder / "prometheus"))
    (copied / "scrape-token").write_text(token, "ascii")
    file = copied / "prometheus.yml"
    config = yaml.safe_load(file.read_text("utf-8"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["scrape_configs"][0]["static_configs"][0]["targets"] = [target]
    file.write_text(yaml.safe_dump(config), "utf-8")
    return file


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A running Prometheus and the file that it logs to."""

    client: httpx.Client
    logged: Path

    def asked(self, path: str, **parameters: str) -> Any:  # noqa: ANN401 - JSON
        """The data of an answer of its API."""
        answer = self.client.get(f"/api/v1/{path}", params=parameters)
        answer.raise_for_status()
        return answer.json()["data"]

    def values(self, expression: str) -> dict[tuple[tuple[str, str], ...], float]:
        """An expression's values now by their labels, without job, instance and the name."""
        return {
            tuple(
                sorted(
                    (name, value)
                    for name, value in sample["metric"].items()
                    if name not in {"__name__", "job", "instance"}
                )
            ): float(sample["value"][1])
            for sample in self.asked("query", query=expression)["result"]
        }

    def until(self, expression: str) -> dict[tuple[tuple[str, str], ...], float]:
        """Wait until an expression has values."""
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            if values := self.values(expression):
                return values
            time.sleep(0.2)
        msg = f"{expression} has no values; it logged:\n{self.logged.read_text('utf-8')}"
        raise AssertionError(msg)


@contextmanager
def prometheus(config: Path) -> Iterator[Prometheus]:
    """Prometheus on a free port with its data beside ``config``, ready; stopped at the end."""
    port = free_port()
    logged = config.with_name("log")
    arguments = [
        tool("prometheus"),
        f"--config.file={config}",
        f"--storage.tsdb.path={config.with_name('data')}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with logged.open("wb") as log:
        process = subprocess.Popen(arguments, stdout=log, stderr=log)  # noqa: S603 - no shell
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            _wait_until_ready(client, process, logged)
            yield Prometheus(client, logged)
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        finally:
            process.kill()
            process.wait()


def _wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes], logged: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/-/ready").is_success:
                return
        except httpx.TransportError:
            pass  # Not listening yet.
        time.sleep(0.1)
    msg = f"not ready; it logged:\n{logged.read_text('utf-8')}"
    raise AssertionError(msg)
