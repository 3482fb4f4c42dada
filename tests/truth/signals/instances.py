"""The ingest instances of a world: when each is there, and what it calls itself then."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tests.truth.signals.worlds import Span, World


class Life(NamedTuple):
    """An instance from its start to its stop; ``farewell`` where it stops in order."""

    name: str
    span: Span
    farewell: bool


class Instances:
    """By number: ``lives``, the spans in which each is ``stopped``, and those in which it hangs."""

    def __init__(self, world: World) -> None:
        self.lives = [_lives(world, name) for name in world.instances]
        self.stopped = [_spans(world, name, "ingest") for name in world.instances]
        self.hung = [_spans(world, name, "hang") for name in world.instances]
        self._away = [_away(world, name) for name in world.instances]

    def away(self, number: int) -> list[tuple[Span, Literal["lost", "late"]]]:
        """When one takes nothing, and the fate of what it was posted."""
        return self._away[number]


def _spans(world: World, name: str, kind: str) -> list[Span]:
    return [
        span
        for down in world.outages
        if down.kind == kind and name in down.instances
        for span in down.spans()
    ]


def _away(world: World, name: str) -> list[tuple[Span, Literal["lost", "late"]]]:
    return [
        (span, down.fate)
        for down in world.outages
        if down.kind in {"ingest", "hang"} and name in down.instances
        for span in down.spans()
    ]


def _lives(world: World, name: str) -> list[Life]:
    stops = sorted(
        (span, down.farewell, down.renamed)
        for down in world.outages
        if down.kind == "ingest" and name in down.instances
        for span in down.spans()
    )
    lives, since, called, number = [], 0, name, 1
    for span, farewell, renamed in stops:
        lives.append(Life(called, Span(since, span.since), farewell))
        since, number = span.until, number + renamed
        called = f"{name}.{number}" if number > 1 else name
    lives.append(Life(called, Span(since, world.ends), farewell=False))
    return lives
