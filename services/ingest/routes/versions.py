"""What the routes of every kind of thing work with: finding, putting and deleting a version."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from services.contracts.reference import Deleted, Reference
from services.contracts.register import Register, Version
from services.edge.access import Gate
from services.edge.problems import Problem
from services.ingest.changes import Changes
from services.ingest.kinds import Kept, KindName
from services.ingest.times import QueryTime, rfc3339

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

    def found(
        self,
        kind: KindName,
        id_: str,
        type_: type[Kept],
        at: int | None,
        seen: Callable[[Kept, int], bool],
    ) -> tuple[int, Kept]:
        """The version in force at a time, now where None. Raises a 404 Problem.

        One that is not to be ``seen`` by what holds then is as if there were none.
        """
        moment = self.clock() if at is None else at
        version = self.register.in_force(f"{kind}/{id_}", moment)
        if (
            version is None
            or not isinstance(version.message, type_)
            or not seen(version.message, moment)
        ):
            raise _not_in_force(kind, id_, self._next(kind, id_, type_, moment, seen))
        return version.offset, version.message

    def last(self, kind: KindName, id_: str, type_: type[Kept]) -> tuple[int, Kept]:
        """The version put last, whenever it is for. Raises a 404 Problem."""
        versions = self.register.versions(f"{kind}/{id_}")
        if not versions or not isinstance(versions[-1].message, type_):
            raise _not_found(kind, id_)
        return versions[-1].offset, versions[-1].message

    def exists(self, kind: KindName, id_: str) -> bool:
        """Whether it has a version, now or to come, that no deletion followed."""
        versions = self.register.versions(f"{kind}/{id_}")
        return bool(versions) and not isinstance(versions[-1].message, Deleted)

    async def put(self, message: Reference) -> Version:
        """Put one thing into force."""
        return (await self.changes.make([message]))[0]

    async def delete(self, kind: KindName, id_: str, by: str) -> Gone:
        """End a thing now, with every version to come. Raises a 404 Problem."""
        if not self.exists(kind, id_):
            raise _not_found(kind, id_)
        now = self.clock()
        version = await self.put(Deleted(type=kind, id=id_, effective_from=now, changed_by=by))
        return Gone(version=version.offset, effective_from=rfc3339(now))

    def _next(
        self,
        kind: KindName,
        id_: str,
        type_: type[Kept],
        after: int,
        seen: Callable[[Kept, int], bool],
    ) -> int | None:
        if not self.exists(kind, id_):
            return None
        versions = (version.message for version in self.register.versions(f"{kind}/{id_}"))
        begins = (
            each.effective_from
            for each in versions
            if isinstance(each, type_) and seen(each, each.effective_from)
        )
        return min((at for at in begins if at > after), default=None)


def _not_in_force(kind: KindName, id_: str, begins: int | None) -> Problem:
    detail = f"No {kind} {id_!r} is in force then."
    if begins is not None:
        detail += f" One will be from {rfc3339(begins)}: ask with ?at= that time."
    return Problem(HTTPStatus.NOT_FOUND, "not_found", detail)


def _not_found(kind: KindName, id_: str) -> Problem:
    return Problem(HTTPStatus.NOT_FOUND, "not_found", f"There is no {kind} {id_!r}.")
