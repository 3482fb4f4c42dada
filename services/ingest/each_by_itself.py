"""Many things at once, each judged by itself, so that one bad one costs no other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from services.ingest.ids import ID
from services.ingest.kinds import Misfit
from services.ingest.verdicts import first_fault

Named = TypeVar("Named", bound=BaseModel)


class Rejected(NamedTuple):
    """What is wrong with one thing of a list; ``id_`` where it says one that can be."""

    place: int
    id_: str | None
    field: str
    message: str


class InOrder(NamedTuple, Generic[Named]):
    """A thing that is in order by itself, and its place in the list."""

    place: int
    id_: str
    item: Named


class Checked(NamedTuple, Generic[Named]):
    """The things of a list that are in order, and the verdicts on the rest, both in order."""

    in_order: list[InOrder[Named]]
    rejected: list[Rejected]


def check(items: Sequence[object], model: type[Named], id_name: str) -> Checked[Named]:
    """Judge each of the items as a ``model``; of two in order with one id the second is refused."""
    checked: Checked[Named] = Checked([], [])
    seen: set[str] = set()
    for index, item in enumerate(items):
        try:
            found = model.model_validate(item)
        except ValidationError as error:
            checked.rejected.append(Rejected(index, _id_in(item, id_name), *first_fault(error)))
            continue
        id_: str = getattr(found, id_name)
        if id_ in seen:
            words = f"{id_name}: another one of this list has the same; give each its own"
            checked.rejected.append(Rejected(index, id_, id_name, words))
            continue
        seen.add(id_)
        checked.in_order.append(InOrder(index, id_, found))
    return checked


def without(checked: Checked[Named], misfits: Mapping[int, Misfit]) -> Checked[Named]:
    """The same when some of those in order, by their numbers among these, do not fit after all."""
    misfitting = [
        Rejected(each.place, each.id_, misfit.field, str(misfit))
        for each, misfit in ((checked.in_order[number], misfits[number]) for number in misfits)
    ]
    fitting = [each for number, each in enumerate(checked.in_order) if number not in misfits]
    return Checked(fitting, sorted(checked.rejected + misfitting))


def _id_in(item: object, id_name: str) -> str | None:
    named = item.get(id_name) if isinstance(item, dict) else None
    return named if isinstance(named, str) and re.fullmatch(ID, named) else None
