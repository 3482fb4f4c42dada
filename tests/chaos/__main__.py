"""``make chaos``: a hundred kills and more on a cluster of its own, and nothing may be lost.

    python -m tests.chaos --kills 100 --seed 1

It takes some twenty minutes of two processors. Ends with 1 where anything is wrong; then the
folder with every log is left and named.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos import schedule
from tests.chaos.play import Outcome, play
from tests.chaos.table import markdown


def main() -> int:
    """Run it; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description="Kill, pause and cut off a cluster's parts.")
    parser.add_argument("--kills", type=int, default=100, help="SIGKILLs, at least")
    parser.add_argument("--seed", type=int, default=1, help="of the schedule and the traffic")
    parser.add_argument("--short", action="store_true", help="one or two faults of each kind")
    options = parser.parse_args()
    faults = schedule.short() if options.short else schedule.long(options.seed, options.kills)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it tells of every retry
    folder = Path(tempfile.mkdtemp(prefix="stepsix-chaos-"))
    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - begun:7.1f} s  {line}", flush=True)  # noqa: T201 - progress

    try:
        outcome = asyncio.run(play(folder, faults, options.seed, say))
    except BaseException:
        say(f"cut short; every log is in {folder}")
        raise
    print(_told(outcome, options.seed))  # noqa: T201 - what it is for
    if outcome.wrong:
        say(f"every log is in {folder}")
    else:
        shutil.rmtree(folder)
    return int(bool(outcome.wrong))


def _told(outcome: Outcome, seed: int) -> str:
    kills = sum(event.kills for event in outcome.events)
    summary = (
        f"Seed {seed}: {len(outcome.events)} faults with {kills} kills;"
        f" {outcome.acknowledged} pings acknowledged, {outcome.posted_again} batches posted again."
    )
    judged = [f"WRONG: {each}" for each in outcome.wrong]
    judged = judged or ["Nothing was lost and nothing was counted twice."]
    return "\n".join(["", markdown(outcome.events), "", summary, *judged])


if __name__ == "__main__":
    sys.exit(main())
