"""One node of Apache Kafka as a process, with its data in a folder."""

from __future__ import annotations

import base64
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

JARS = Path(__file__).parent / "lib"
HEAP = ("-Xms128m", "-Xmx512m")
START_S = 60.0
STOP_S = 20.0
STARTED = "Kafka Server started"
"""What the node logs once it serves requests."""


class Missing(Exception):
    """Java or the jars are not here; says what to install."""


def require() -> None:
    """Raise Missing unless a broker can be run here."""
    if shutil.which("java") is None:
        message = "install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)"
        raise Missing(message)
    if not list(JARS.glob("kafka_*.jar")):
        message = (
            "fetch the jars of Kafka with Maven (Debian: apt-get install maven): mvn -q -B"
            " -f deploy/kafka/pom.xml dependency:copy-dependencies -DoutputDirectory=lib"
        )
        raise Missing(message)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_cluster_id() -> str:
    """An id for a cluster that is about to be made."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


class Node:
    """One node; what was in ``folder`` is still there when it, or another one, is started on it.

    ``properties`` is the text of its settings, ``java`` what Java itself is told. An empty folder
    is made part of the cluster.
    """

    def __init__(
        self, folder: Path, properties: str, cluster_id: str, java: Sequence[str] = HEAP
    ) -> None:
        self._folder = folder
        self._properties = properties
        self._cluster_id = cluster_id
        self._java_options = java
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the node says."""
        return self._folder / "kafka.log"

    def start(self) -> None:
        """Start the node and wait until it answers. Raises Missing, and TimeoutError.

        One of several answers only beside others: start them at the same time.
        """
        require()
        self._folder.mkdir(parents=True, exist_ok=True)
        self.log.unlink(missing_ok=True)
        properties = self._folder / "server.properties"
        properties.write_text(self._properties)
        if not (self._folder / "data" / "meta.properties").exists():
            # One id in 64 begins with a dash, and would be taken for an option if it stood alone.
            tool = ["kafka.tools.StorageTool", "format", f"--cluster-id={self._cluster_id}"]
            tool += ["-c", str(properties)]
            with self._java(*tool) as formatting:
                formatting.wait(START_S)
        self._process = self._java("kafka.Kafka", str(properties))
        self._await_start(self._process)

    def wait(self) -> int:
        """Wait until the node ends by itself; its exit code."""
        return self._running().wait()

    def stop(self) -> None:
        """Stop the node in order, or by force where that takes too long."""
        process = self._running()
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the node at once, as a crash would (SIGKILL)."""
        process = self._running()
        process.kill()
        process.wait()

    def end(self) -> None:
        """End the node if it runs: nobody needs it any more."""
        if self._process is not None:
            self.kill()

    def pause(self) -> None:
        """Let the node hang (SIGSTOP)."""
        self._running().send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after ``pause``."""
        self._running().send_signal(signal.SIGCONT)

    def ended(self) -> int | None:
        """Its exit code where it runs no more."""
        return self._running().poll()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            message = "the broker was not started"
            raise RuntimeError(message)
        return self._process

    def _java(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = ["java", *self._java_options, "-cp", f"{JARS}/*", *arguments]
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command, no shell
                command, stdout=log, stderr=subprocess.STDOUT
            )

    def _await_start(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_S
        while STARTED not in self.log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                process.wait()
                last = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
                message = f"Kafka did not start; {self.log} ends with:\n{last}"
                raise TimeoutError(message)
            time.sleep(0.1)
