"""What the routes of hot spots, sources and radios have alike: finding and deleting a version."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel

from services.contracts.reference import Deleted, HotSpot, Radio, Reference, Source
from services.contracts.register import Register, Version
from services.edge.access import Gate
from services.edge.problems import Problem
from services.ingest.changes import Changes
from services.ingest.ids import ID, ID_WORDS
from services.ingest.times import QueryTime, rfc3339

Kind = Literal["hotspot", "source", "radio"]
Held = TypeVar("Held", HotSpot, Source, Radio)
Id = Annotated[str, Path(pattern=f"^{ID}$", description=ID_WORDS)]
At = Annotated[QueryTime | None, Query(description="The time asked about; now where not given")]


class Gone(BaseModel):
    """The version that ended a thing."""

    version: int
    effective_from: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What a route needs to show and change what is in force."""

    gate: Gate
    register: Register
    changes: Changes
    clock: Callable[[], int]

    def found(self, kind: Kind, id_: str, type_: type[Held], at: int | None) -> tuple[int, Held]:
        """The version in force at a time, now where None. Raises a 404 Problem."""
        moment = self.clock() if at is None else at
        version = self.register.in_force(f"{kind}/{id_}", moment)
        if version is None or not isinstance(version.message, type_):
            raise _not_found(kind, id_, self._next(kind, id_, moment))
        return version.offset, version.message

    def exists(self, kind: Kind, id_: str) -> bool:
        """Whether it has a version, now or to come, that no deletion followed."""
        versions = self.register.versions(f"{kind}/{id_}")
        return bool(versions) and not isinstance(versions[-1].message, Deleted)

    async def put(self, message: Reference) -> Version:
        """Put one thing into force."""
        return (await self.changes.make([message]))[0]

    async def delete(self, kind: Kind, id_: str, by: str) -> Gone:
        """End a thing now, with every version to come. Raises a 404 Problem."""
        if not self.exists(kind, id_):
            raise _not_found(kind, id_, None)
        now = self.clock()
        version = await self.put(Deleted(type=kind, id=id_, effective_from=now, changed_by=by))
        return Gone(version=version.offset, effective_from=rfc3339(now))

    def _next(self, kind: Kind, id_: str, after: int) -> int | None:
        if not self.exists(kind, id_):
            return None
        begins = (
            version.message.effective_from
            for version in self.register.versions(f"{kind}/{id_}")
            if isinstance(version.message, HotSpot | Source | Radio)
        )
        return min((at for at in begins if at > after), default=None)


def _not_found(kind: Kind, id_: str, begins: int | None) -> Problem:
    detail = f"No {kind} {id_!r} is in force then."
    if begins is not None:
        detail += f" One will be from {rfc3339(begins)}: ask with ?at= that time."
    return Problem(HTTPStatus.NOT_FOUND, "not_found", detail)
