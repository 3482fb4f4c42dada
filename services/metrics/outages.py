"""Outages of sources and of the pipeline: every partition tells them; each is shown once. Pure.

1. Of what one partition says of one episode the higher revision holds.
2. A source or an ingest that fell silent, and a gap, have the same id in every partition. They
   began when the first partition declared them, and are over once any says so: ticks are
   everybody's.
3. A source that is blind is judged by each partition for its own radios, under ids of its own.
   Those of one source, type and reason that overlap in time are one, by the name of the earliest,
   and over once all of them are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from services.contracts.derived import Signal

Told = tuple[int, Signal]
"""A partition and what it said last of one episode."""


class Retold(NamedTuple):
    """How an outage has changed: how it is shown now, and the ids by which it no longer is."""

    shown: list[Signal]
    gone: list[str]


class Outages:
    """What each partition said of each outage."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, ...], dict[tuple[int, str], Signal]] = {}
        self._shown: dict[tuple[str, ...], list[Signal]] = {}

    def apply(self, partition: int, signal: Signal) -> Retold:
        """Fold in what a partition says."""
        key = _key_of(signal)
        told = self._told.setdefault(key, {})
        known = told.get((partition, signal.episode_id))
        if known is not None and signal.revision < known.revision:
            return Retold([], [])
        told[partition, signal.episode_id] = signal
        return self._show(key)

    def forget(self, kept_from: int) -> None:
        """Drop what ended and was declared before a time."""
        for key, shown in list(self._shown.items()):
            kept = [each for each in shown if _is_kept(each, kept_from)]
            if not kept:
                del self._told[key], self._shown[key]
            elif len(kept) < len(shown):
                told, first = self._told[key], kept[0].declared_at
                self._told[key] = {
                    each: told[each] for each in told if told[each].declared_at >= first
                }
                self._shown[key] = kept

    def _show(self, key: tuple[str, ...]) -> Retold:
        told = [(partition, signal) for (partition, _), signal in self._told[key].items()]
        before = {each.episode_id: each for each in self._shown.get(key, ())}
        shown = self._shown[key] = _as_one(told)
        ids = {each.episode_id for each in shown}
        changed = [each for each in shown if before.get(each.episode_id) != each]
        return Retold(changed, [each for each in before if each not in ids])


def _key_of(signal: Signal) -> tuple[str, ...]:
    if _is_blind(signal):
        return ("blind", signal.source or "", signal.type, signal.reason or "")
    return ("lost", signal.episode_id)


def _is_blind(signal: Signal) -> bool:
    return signal.source is not None and signal.type != "lost"


def _is_kept(signal: Signal, kept_from: int) -> bool:
    return signal.ended_at is None or signal.declared_at >= kept_from


def _as_one(told: Iterable[Told]) -> list[Signal]:
    """What is shown of outages of one key, in order of time."""
    in_order = sorted(told, key=lambda each: (each[1].declared_at, each[1].episode_id, each[0]))
    signals = [signal for _, signal in in_order]
    if not _is_blind(signals[0]):
        ends = [signal.ended_at for signal in signals if signal.ended_at is not None]
        return [_united(signals, min(ends, default=None))]
    return [_united(group, _last_end(group)) for group in _overlapping(signals)]


def _overlapping(signals: Iterable[Signal]) -> list[list[Signal]]:
    """Signals in order of time, those that overlap together."""
    groups: list[list[Signal]] = []
    for signal in signals:
        end = _last_end(groups[-1]) if groups else 0
        if groups and (end is None or signal.declared_at <= end):
            groups[-1].append(signal)
        else:
            groups.append([signal])
    return groups


def _last_end(signals: Iterable[Signal]) -> int | None:
    ends = [signal.ended_at for signal in signals]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _united(signals: list[Signal], ended_at: int | None) -> Signal:
    """Several partitions' word as the earliest has it."""
    revision = max(signal.revision for signal in signals)
    return replace(signals[0], ended_at=ended_at, revision=revision)
