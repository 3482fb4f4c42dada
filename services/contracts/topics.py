"""The topic catalogue: what each topic is called, keyed by and made of.

Topics are created, checked and documented from here, and nowhere else are their names written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import UnionType

from services.contracts import derived, people, recovery, reference, telemetry


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the log.

    ``partitioned`` topics all have the deployment's number of partitions, so that an output goes
    to its input's partition; the others have one. ``append_time`` makes the log, not the sender,
    stamp each record. ``retention`` of None keeps records for ever.
    """

    name: str
    key: str
    holds: str
    messages: type | UnionType
    partitioned: bool = True
    compacted: bool = False
    append_time: bool = False
    retention: timedelta | None = timedelta(days=400)


TELEMETRY = Topic(
    name="telemetry",
    key="radio_id; the instance for ticks",
    holds="gps, radio, status, sighting and mark; a tick on every partition each second",
    messages=telemetry.Telemetry,
    append_time=True,
    retention=timedelta(days=35),
)
REFERENCE = Topic(
    name="reference",
    key="type/id",
    holds="hot spots, plans, duties, radios, sources, hashed tokens, deletions",
    messages=reference.Reference,
    partitioned=False,
    retention=None,
)
OUTCOMES = Topic(
    name="outcomes",
    key="place",
    holds="calls, recorded crime, injuries",
    messages=people.Outcome,
)
FEEDBACK = Topic(
    name="feedback",
    key="thread_id",
    holds="disputes and notes, replies, decisions, acknowledgements",
    messages=people.Feedback,
)
VISITS = Topic(
    name="visits",
    key="radio_id; the partition for settlements",
    holds="stays in a ring of a hot spot, by revision; a day's settlement before its final ones",
    messages=derived.Visit | derived.Settlement,
)
TIMESHEETS = Topic(
    name="timesheets",
    key="radio_id; the partition for settlements",
    holds="each unit-hour as inside, outside and unknown; a day's settlement before its final ones",
    messages=derived.Timesheet | derived.Settlement,
)
SIGNALS = Topic(
    name="signals",
    key="radio_id; the source or instance of an outage, or pipeline",
    holds="episodes of silence and their cause",
    messages=derived.Signal,
)
ACCURACY = Topic(
    name="accuracy",
    key="radio_id",
    holds="verified presences held against the fix of that moment",
    messages=derived.Accuracy,
)
POSITIONS = Topic(
    name="positions",
    key="radio_id; the partition for progress",
    holds="where changed units are, once a second, and how far the engine has come",
    messages=derived.Position | derived.Progress,
    retention=timedelta(days=35),
)
GEOFENCE_STATE = Topic(
    name="geofence-state",
    key="radio_id; ~checkpoint",
    holds="unit snapshots and the committed offset of each partition",
    messages=recovery.UnitSnapshot | recovery.Checkpoint,
    compacted=True,
    retention=None,
)
AUDIT = Topic(
    name="audit",
    key="who",
    holds="who looked at or changed what of whom, when and why",
    messages=people.Audit,
)
DEAD_LETTERS = Topic(
    name="dead-letters",
    key="radio_id",
    holds="records that could not be processed, with the reason",
    messages=recovery.DeadLetter,
)

CATALOGUE: tuple[Topic, ...] = (
    TELEMETRY,
    REFERENCE,
    OUTCOMES,
    FEEDBACK,
    VISITS,
    TIMESHEETS,
    SIGNALS,
    ACCURACY,
    POSITIONS,
    GEOFENCE_STATE,
    AUDIT,
    DEAD_LETTERS,
)
BY_NAME: dict[str, Topic] = {topic.name: topic for topic in CATALOGUE}
DEFAULT_PARTITIONS = 12
