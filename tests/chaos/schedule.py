"""Which faults, in which order: the short form by hand, the long one dealt from a shuffled deck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tests.chaos.brokers import COUNT
from tests.chaos.faults import Fault, Kill, KillAgain, KillBroker, Pause, Silence, Storm
from tests.chaos.stage import COMMANDS

SESSION_S = 6.0
"""After which the group gives the partitions of a silent member to others."""


def short() -> list[Fault]:
    """A fault of each kind, on every kind of service."""
    return [
        Kill(["geofence-1"], 0.5),
        Pause("geofence-2", SESSION_S + 3),
        KillBroker(0, 1.0, ["geofence-2"]),
        Silence("geofence-1", SESSION_S + 4),
        Storm([1.0, 0.5]),
        Kill(["ingest-1", "metrics-1"], 0.5),
        Pause("ingest-2", 3.0),
    ]


def long(seed: int, kills: int) -> list[Fault]:
    """Deck after deck, until at least so many processes are killed."""
    random = Random(seed)  # noqa: S311 - when to kill is no secret
    faults: list[Fault] = []
    while sum(fault.kills for fault in faults) < kills:
        deck = list(_deck(random))
        random.shuffle(deck)
        faults += deck
    return _cut(faults, kills)


def _cut(faults: Sequence[Fault], kills: int) -> list[Fault]:
    """The faults up to the one that makes the number full."""
    kept: list[Fault] = []
    for fault in faults:
        kept.append(fault)
        kills -= fault.kills
        if kills <= 0:
            break
    return kept


def _deck(random: Random) -> Iterator[Fault]:
    """Every kind of fault, each as often as it should happen among the others."""
    for _ in range(3):
        yield Kill([_one_of(random, "geofence")], random.uniform(0, 2))
        yield KillBroker(random.randrange(COUNT), random.uniform(0, 5))
    for _ in range(2):
        yield Kill([_one_of(random, "ingest")], random.uniform(0, 2))
        yield Pause(_one_of(random, "geofence"), random.uniform(SESSION_S, 2 * SESSION_S))
    yield Kill(_all(["geofence"]), random.uniform(0, 2))
    yield Kill(_all(["ingest"]), random.uniform(0, 2))
    yield Kill(_all(["ingest", "geofence", "metrics"]), random.uniform(0, 1))
    yield Kill(["metrics-1"], random.uniform(0, 2))
    yield KillAgain(_one_of(random, "geofence"), random.uniform(1, SESSION_S))
    yield KillBroker(random.randrange(COUNT), random.uniform(0, 5), [_one_of(random, "geofence")])
    yield Pause(_one_of(random, "geofence"), random.uniform(1, SESSION_S))
    yield Pause(_one_of(random, "ingest"), random.uniform(1, 2 * SESSION_S))
    yield Pause("metrics-1", random.uniform(1, 2 * SESSION_S))
    yield Storm([random.uniform(0, 3) for _ in range(4)])
    yield Silence(_one_of(random, "geofence"), random.uniform(SESSION_S, 20))
    yield Silence(_one_of(random, "ingest", "metrics"), random.uniform(SESSION_S, 20))


def _one_of(random: Random, *commands: str) -> str:
    return random.choice(_all(commands))


def _all(commands: Sequence[str]) -> list[str]:
    return [name for name, command in COMMANDS.items() if command in commands]
