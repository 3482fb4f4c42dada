"""Episodes of silence as they are shown, in the order in which they were declared. Pure."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from services.contracts.derived import Signal

Type = Literal["lost", "no_position", "frozen"]
Cause = Literal["unexpected", "explained", "source", "pipeline", "area"]


class Label(NamedTuple):
    """By what episodes are counted."""

    cause: Cause
    type: Type


LABELS = [Label(cause, type_) for cause in get_args(Cause) for type_ in get_args(Type)]
"""Every combination, so that a count of nothing is seen to be nothing."""


class Key(NamedTuple):
    """An episode's place in the order of time."""

    declared_at: int
    episode_id: str


class Subject(NamedTuple):
    """Who is silent: a radio or a source of that name, or the pipeline, which has none."""

    what: Literal["radio", "source", "pipeline", "area"]
    name: str = ""


PIPELINE = Subject("pipeline")


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode as all partitions together tell it; ``radios`` are those of an area."""

    signal: Signal
    radios: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.signal.ended_at is None

    @property
    def label(self) -> Label:
        """Whose fault it is, and what kind of silence."""
        return Label(self.signal.cause, self.signal.type)

    @property
    def subject(self) -> Subject:
        """Who is silent."""
        if self.signal.radio_id is not None:
            return Subject("radio", self.signal.radio_id)
        if self.signal.source is not None:
            return Subject("source", self.signal.source)
        return PIPELINE if self.signal.cause == "pipeline" else Subject("area")

    def overlaps(self, since: int, until: int) -> bool:
        """Whether the silence, which began before it was declared, meets ``[since, until)``.

        One without a length, such as what came through when nothing did, is a moment of it.
        """
        began, ended_at = silent_since(self.signal), self.signal.ended_at
        return began < until and (ended_at is None or since < max(ended_at, began + 1))


def silent_since(signal: Signal) -> int:
    """Since when nothing was heard; where that is not known, when it was told."""
    return signal.declared_at if signal.last_heard_at is None else signal.last_heard_at


def key_of(episode: Episode) -> Key:
    """Where an episode stands among the others."""
    return Key(episode.signal.declared_at, episode.signal.episode_id)


class Episodes:
    """Episodes by id, by time and by who is silent."""

    def __init__(self) -> None:
        self.kept_from = 0
        self._by_id: dict[str, Episode] = {}
        self._order: list[Key] = []
        self._open: dict[Subject, set[str]] = {}
        self._of: dict[Subject, set[str]] = {}

    def put(self, episode: Episode) -> bool:
        """Let an episode stand in the place of what was known of it; whether that differs."""
        episode_id = episode.signal.episode_id
        known = self._by_id.get(episode_id)
        if episode == known:
            return False
        if known is not None:
            self.remove(episode_id)
        self._by_id[episode_id] = episode
        insort(self._order, key_of(episode))
        self._of.setdefault(episode.subject, set()).add(episode_id)
        if episode.is_open:
            self._open.setdefault(episode.subject, set()).add(episode_id)
        return True

    def remove(self, episode_id: str) -> None:
        """Know nothing of an episode any more."""
        episode = self._by_id.pop(episode_id)
        del self._order[bisect_left(self._order, key_of(episode))]
        for by_subject in (self._of, self._open):
            ids = by_subject.get(episode.subject, set())
            ids.discard(episode_id)
            if not ids:
                by_subject.pop(episode.subject, None)

    def get(self, episode_id: str) -> Episode | None:
        """One episode."""
        return self._by_id.get(episode_id)

    def open(self) -> list[Episode]:
        """Those that go on, in the order in which they were declared."""
        ids = (each for of_subject in self._open.values() for each in of_subject)
        return self._in_order(ids)

    def open_of(self, subject: Subject) -> list[Episode]:
        """Those of one subject that go on, in the order in which they were declared."""
        return self._in_order(self._open.get(subject, ()))

    def during(self, subjects: Iterable[Subject], since: int, until: int) -> list[str]:
        """The ids of the subjects' episodes that meet ``[since, until)``, in order of time."""
        ids = (each for subject in subjects for each in self._of.get(subject, ()))
        met = (each for each in ids if self._by_id[each].overlaps(since, until))
        return [each.signal.episode_id for each in self._in_order(met)]

    def since(self, first: Key) -> Iterator[Episode]:
        """Episodes in the order of their keys, from ``first`` on.

        Those that ended are not among them where they were declared before the days kept.
        """
        for at in range(bisect_left(self._order, first), len(self._order)):
            episode = self._by_id[self._order[at].episode_id]
            if episode.is_open or episode.signal.declared_at >= self.kept_from:
                yield episode

    def count(self) -> Counter[Label]:
        """How many go on, by cause and type."""
        return Counter(each.label for each in self.open())

    def forget(self, kept_from: int) -> list[str]:
        """Drop what ended and was declared before a time; the ids of these."""
        self.kept_from = kept_from
        old = self._order[: bisect_left(self._order, Key(kept_from, ""))]
        gone = [key.episode_id for key in old if not self._by_id[key.episode_id].is_open]
        for episode_id in gone:
            self.remove(episode_id)
        return gone

    def _in_order(self, ids: Iterable[str]) -> list[Episode]:
        return sorted((self._by_id[each] for each in ids), key=key_of)
