"""How long the engine alone takes for a ping: ``python -m tests.bench.engine [PINGS]``.

Two logs of the same pings. In ``live`` they come at their own times with a tick each second, so
that nearly every ping becomes a position as well; in ``history`` a hundred times closer together,
as when a topic is read that was filled at once.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import shapely

from services.contracts.codec import decode_all, encode
from services.contracts.telemetry import Gps, Tick
from services.contracts.topics import TELEMETRY
from services.geofence.engine import Engine
from tests.bench.workload import START, hot_spots, pings

PARTITIONS = 12
BATCH = 5_000


class Record(NamedTuple):
    """A record as read."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None


def log_of(fixes: Sequence[Gps], speed_up: int) -> list[list[Record]]:
    """Each partition's records; a tick on each for every second of the log."""
    partitions: list[list[Record]] = [[] for _ in range(PARTITIONS)]
    ticked = 0
    for fix in fixes:
        stamp = START + (fix.received_at - START) // speed_up
        if stamp // 1000 > ticked:
            ticked = stamp // 1000
            tick = encode(Tick(instance="i", at=stamp, reference_offset=0))
            for log in partitions:
                log.append(Record(len(log), stamp, b"i", tick))
        key = fix.radio_id.encode()
        log = partitions[crc32(key) % PARTITIONS]
        log.append(Record(len(log), stamp, key, encode(fix)))
    return partitions


def measure(name: str, fixes: Sequence[Gps], speed_up: int) -> None:
    """Step through every partition and print what a ping took."""
    spots = hot_spots()
    took, outputs = 0.0, 0
    logs = log_of(fixes, speed_up)
    gc.freeze()  # a service reads its records batch by batch and never holds so many
    for number, log in enumerate(logs):
        engine = Engine(number, lambda _: False)
        for offset, spot in enumerate(spots):
            engine.learn(offset, spot)
        engine.step(
            [Record(-1, START, None, None)], [Tick(instance="i", at=START, reference_offset=0)]
        )
        for start in range(0, len(log), BATCH):
            records = log[start : start + BATCH]
            messages = decode_all(TELEMETRY.name, [record.value for record in records])
            begun = time.process_time()
            step = engine.step(records, messages)
            took += time.process_time() - begun
            outputs += len(step.outputs)
    print(
        f"{name:8}{took / len(fixes) * 1e6:6.2f} us a ping {len(fixes) / took:10,.0f} pings/s "
        f"{outputs / len(fixes):6.2f} outputs a ping"
    )


def share_near(fixes: Sequence[Gps]) -> float:
    """The share of fixes in or within 200 m of a hot spot, about."""
    tree = shapely.STRtree([shapely.geometry.shape(spot.geometry) for spot in hot_spots()])
    points = shapely.points([fix.lon for fix in fixes], [fix.lat for fix in fixes])
    found = tree.query(points, predicate="dwithin", distance=200 / 85_000)
    return len(set(found[0].tolist())) / len(fixes)


def main() -> None:
    """Print both figures."""
    fixes = list(pings(int(sys.argv[1]) if len(sys.argv) > 1 else 600_000))
    print(
        f"{len(fixes):,} pings, {share_near(fixes[:50_000]):.0%} in or within 200 m of a hot spot"
    )
    measure("history", fixes, 100)
    measure("live", fixes, 1)


if __name__ == "__main__":
    main()
