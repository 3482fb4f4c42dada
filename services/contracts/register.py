"""The register: what ``reference`` says, folded record by record.

Every service keeps one: ingest to answer and to know tokens, geofence to know boundaries and
sources by the time they are in force, metrics to show names.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.contracts.reference import (
    Deleted,
    Duty,
    HotSpot,
    Plan,
    Radio,
    Reference,
    Source,
    Token,
    key_of,
)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """One version of one thing. ``offset`` is its number; later offsets win."""

    offset: int
    message: Reference = field(compare=False)


class Register:
    """Versions of everything in ``reference``, by ``type/id``, below ``offset``."""

    def __init__(self) -> None:
        self.offset = 0
        self._versions: dict[str, list[Version]] = {}
        self._keys: dict[str, set[str]] = {}
        self._token_by_hash: dict[str, Token] = {}
        self._duties: dict[str, dict[str, Duty]] = {}
        self._duty_radio: dict[str, str] = {}
        self._plans: dict[str, set[str]] = {}

    def apply(self, offset: int, message: Reference) -> Version:
        """Fold in the record at ``offset``; offsets must rise.

        Raises ValueError where they do not: a fold out of order is a defect, not an input.
        """
        if offset < self.offset:
            msg = f"reference record {offset} after {self.offset - 1}"
            raise ValueError(msg)
        version = Version(offset, message)
        key = key_of(message)
        insort(self._versions.setdefault(key, []), version)
        self._keys.setdefault(key.partition("/")[0], set()).add(key)
        self.offset = offset + 1
        if isinstance(message, Duty):
            self._end_duty(message.duty_id)
            self._duties.setdefault(message.radio_id, {})[message.duty_id] = message
            self._duty_radio[message.duty_id] = message.radio_id
        elif isinstance(message, Deleted) and message.type == "duty":
            self._end_duty(message.id)
        elif isinstance(message, Plan):
            self._plans.setdefault(message.hotspot_id, set()).add(message.plan_id)
        elif isinstance(message, Token):
            self._token_by_hash[message.sha256] = message
        elif isinstance(message, Deleted) and message.type == "token":
            self._token_by_hash = {
                sha256: token
                for sha256, token in self._token_by_hash.items()
                if token.token_id != message.id
            }
        return version

    def versions(self, key: str) -> list[Version]:
        """Every version of one thing, deletions among them, by rising offset."""
        return self._versions.get(key, [])

    def keys(self, type_: str) -> list[str]:
        """The keys of all of one type (``hotspot``, ``plan``...) that ever were, in order."""
        return sorted(self._keys.get(type_, ()))

    def in_force(self, key: str, at: int) -> Version | None:
        """The version of one thing in force at a time; None before its first and once ended."""
        return in_force(self.versions(key), at)

    def all_in_force(self, type_: str, at: int) -> list[Version]:
        """What is in force of one type (``hotspot``, ``source``...) at a time, in key order."""
        found = (self.in_force(key, at) for key in self.keys(type_))
        return [version for version in found if version is not None]

    def hotspot(self, hotspot_id: str, at: int) -> HotSpot | None:
        """The hot spot as in force at a time."""
        version = self.in_force(f"hotspot/{hotspot_id}", at)
        return version.message if version and isinstance(version.message, HotSpot) else None

    def source(self, source: str, at: int) -> Source | None:
        """What is set for a source at a time; None where nothing was."""
        version = self.in_force(f"source/{source}", at)
        return version.message if version and isinstance(version.message, Source) else None

    def radio(self, radio_id: str, at: int) -> Radio | None:
        """What is set for a radio at a time; None where nothing was."""
        version = self.in_force(f"radio/{radio_id}", at)
        return version.message if version and isinstance(version.message, Radio) else None

    def duties(self, radio_id: str) -> list[Duty]:
        """The duties of a radio by their last versions, whenever they are, earliest first."""
        return sorted(
            self._duties.get(radio_id, {}).values(), key=lambda duty: (duty.since, duty.duty_id)
        )

    def all_duties(self) -> list[Duty]:
        """Every duty by its last version, earliest first."""
        duties = (duty for of_radio in self._duties.values() for duty in of_radio.values())
        return sorted(duties, key=lambda duty: (duty.since, duty.duty_id))

    def duty_radio(self, duty_id: str) -> str | None:
        """The radio of a duty by its last version; None where there is none or it was deleted."""
        return self._duty_radio.get(duty_id)

    def plans(self, hotspot_id: str) -> list[list[Version]]:
        """The versions of each plan that ever named a hot spot, by rising plan id.

        All of each plan's versions, deletions and those of another hot spot among them: what is
        in force at a time can only be told from all.
        """
        plan_ids = sorted(self._plans.get(hotspot_id, ()))
        return [self.versions(f"plan/{plan_id}") for plan_id in plan_ids]

    def planned_hotspots(self) -> list[str]:
        """The hot spots that some plan ever named, in order."""
        return sorted(self._plans)

    def source_or_usual(self, source: str, at: int) -> Source:
        """What holds for a source at a time: what is set, else what is usual."""
        return self.source(source, at) or Source(
            source=source, name=source, effective_from=at, changed_by=""
        )

    def expected_interval_s(self, radio_id: str, source: str, at: int) -> float:
        """The seconds between two pings expected of a radio: its own, its source's or usual."""
        radio = self.radio(radio_id, at)
        if radio is not None and radio.expected_interval_s is not None:
            return radio.expected_interval_s
        return self.source_or_usual(source, at).expected_interval_s

    def token(self, sha256: str) -> Token | None:
        """The token with that hash, unless revoked."""
        return self._token_by_hash.get(sha256)

    def tokens(self) -> list[Token]:
        """Every token that is not revoked, oldest first."""
        return sorted(self._token_by_hash.values(), key=lambda token: token.created_at)

    def _end_duty(self, duty_id: str) -> None:
        radio_id = self._duty_radio.pop(duty_id, None)
        if radio_id is not None:
            del self._duties[radio_id][duty_id]


def in_force(versions: Sequence[Version], at: int) -> Version | None:
    """That one of a thing's versions, given by rising offset, which is in force at a time.

    None before the first and once the thing has ended. What a plan that has ended covered stays
    covered.
    """
    for version in reversed(versions):
        message = version.message
        if isinstance(message, Token):
            return version
        if message.effective_from <= at:
            return None if _has_ended(message, at) else version
    return None


def _has_ended(message: Reference, at: int) -> bool:
    if isinstance(message, Plan):
        return message.effective_to is not None and message.effective_to <= at
    return isinstance(message, Deleted)
