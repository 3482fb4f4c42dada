"""``make bench``: how fast stepsix is, on a real Kafka of its own and in a real browser."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from deploy.kafka.broker import Broker
from services.edge import logs
from tests.bench import geofence, ingest, live, page, projection


async def _run(bootstrap: str) -> None:
    await geofence.run(bootstrap)
    await ingest.run(bootstrap)
    await projection.run(bootstrap)
    await asyncio.to_thread(live.run)
    await asyncio.to_thread(page.run)


def main() -> None:
    """Start a broker, run the benchmarks one after the other, and stop it."""
    logs.configure()
    with tempfile.TemporaryDirectory(prefix="stepsix-bench-") as folder:
        broker = Broker(Path(folder))
        broker.start()
        try:
            asyncio.run(_run(broker.bootstrap))
        finally:
            broker.stop()


if __name__ == "__main__":
    main()
