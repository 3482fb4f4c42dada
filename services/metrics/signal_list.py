"""``/v1/signals``: the episodes of silence of the last eight days, and older ones that go on."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import Iterator
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.edge.access import Access, Gate
from services.metrics import resources
from services.metrics.control_places import ControlPlaces
from services.metrics.entitled import Entitled, Entitling
from services.metrics.episodes import Episode, Episodes, Key, key_of
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import SignalQuery
from services.metrics.sight import Sight

_DESCRIPTION = """
Episodes declared from `from` on and before `to`, in the order in which they were. With `radio_id`
those of that radio and of the areas that it is part of; with `source` those of the source itself
and of the radios that were heard through it. An unexpected loss is shown once it was held for five
seconds, in which it may turn out to be one of an area. An officer's `own` are those of a radio
itself, within their duties with it.
"""


def router(
    gate: Gate, episodes: Episodes, entitled: Entitling, control_places: ControlPlaces
) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/signals",
        summary="Episodes of silence and whose fault they are",
        description=_DESCRIPTION,
        response_model=ListResource[resources.SignalResource],
    )
    async def signal_list(
        query: Annotated[SignalQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("view", "own"))],
    ) -> Response:
        asking = entitled(access, query.radio_id, query)
        sight = Sight(asking.audience, control_places)
        page = page_of(_wanted(query, asking, episodes), key_of)
        shown = map(sight.episode, page.items)
        return answer([resources.signal(episode) for episode in shown], page.next)

    return routes


def _wanted(query: SignalQuery, asking: Entitled, episodes: Episodes) -> Iterator[Episode]:
    """The episodes that a request asks for.

    Raises Problem where the stretch begins before the days that are kept.
    """
    since = query.first_ms(episodes.kept_from, "signals")
    # Those that were declared before and go on are listed too where no beginning is asked for.
    began = Key(0 if query.since is None else since, "")
    first = from_cursor(query.cursor, Key) if query.cursor else began
    found = episodes.since(max(first, began))
    found = takewhile(lambda each: query.is_before_end(each.signal.declared_at), found)
    if asking.only_own:  # an area names the radios of others
        found = (each for each in found if each.signal.radio_id == query.radio_id)
    return (each for each in found if _matches(each, query))


def _matches(episode: Episode, query: SignalQuery) -> bool:
    told = episode.signal
    return (
        (query.radio_id in (None, told.radio_id) or query.radio_id in episode.radios)
        and query.source in (None, told.source)
        and query.cause in (None, told.cause)
        and query.open in (None, episode.is_open)
    )
