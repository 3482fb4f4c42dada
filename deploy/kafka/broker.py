"""A real Apache Kafka for developing and for the tests: one node, in a folder, on 127.0.0.1.

    python -m deploy.kafka.broker --port 9092 --data var/kafka

The node is broker and controller at once. Its jars come from Maven Central by ``pom.xml``. This is
no example of a cluster for real use: one node keeps each record once, and anybody may connect.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

JARS = Path(__file__).parent / "lib"
START_S = 60.0
STOP_S = 20.0
STARTED = "Kafka Server started"
"""What the node logs once it serves requests."""

_PROPERTIES = """\
node.id=1
process.roles=broker,controller
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller_port}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={folder}/data
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=3
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
"""


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


class Broker:
    """One node of Kafka with its data in ``folder``; on a free port unless told which.

    What was in the folder is still there when another node is started on it.
    """

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self._folder = folder.resolve()
        self._port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Where clients connect."""
        return f"127.0.0.1:{self._port}"

    @property
    def log(self) -> Path:
        """What the node says."""
        return self._folder / "kafka.log"

    def start(self) -> None:
        """Start the node and wait until it answers. Raises Missing, and TimeoutError."""
        require()
        self._folder.mkdir(parents=True, exist_ok=True)
        self.log.unlink(missing_ok=True)
        properties = self._folder / "server.properties"
        properties.write_text(
            _PROPERTIES.format(port=self._port, controller_port=free_port(), folder=self._folder)
        )
        if not (self._folder / "data" / "meta.properties").exists():
            cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
            # One in 64 begins with a dash, and would be taken for an option if it stood alone.
            tool = ["kafka.tools.StorageTool", "format", f"--cluster-id={cluster}"]
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

    def pause(self) -> None:
        """Let the node hang (SIGSTOP)."""
        self._running().send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after ``pause``."""
        self._running().send_signal(signal.SIGCONT)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            message = "the broker was not started"
            raise RuntimeError(message)
        return self._process

    def _java(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = ["java", "-Xms128m", "-Xmx512m", "-cp", f"{JARS}/*", *arguments]
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


def main() -> None:
    """Run a node in the foreground until it is told to stop."""
    parser = argparse.ArgumentParser(description="Run one node of Apache Kafka for developing.")
    parser.add_argument("--port", type=int, default=9092)
    parser.add_argument("--data", type=Path, required=True, help="folder for its data and log")
    arguments = parser.parse_args()
    broker = Broker(arguments.data, arguments.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        broker.start()
    except (Missing, TimeoutError) as error:
        sys.exit(str(error))
    print(f"Kafka is ready at {broker.bootstrap}; Ctrl-C stops it", flush=True)  # noqa: T201
    try:
        sys.exit(broker.wait())
    except KeyboardInterrupt:
        broker.stop()


if __name__ == "__main__":
    main()
