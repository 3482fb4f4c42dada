"""A long list as one CSV file, part by part, since what it lists changes while it is written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from fastapi.responses import StreamingResponse

from services.metrics import comma_separated
from services.metrics.paging import page_of

Item = TypeVar("Item")
Key = TypeVar("Key")
Row = Sequence[object]


def download(
    filename: str,
    columns: Sequence[str],
    items: Callable[[Key], Iterator[Item]],
    first: Key,
    key_of: Callable[[Item], Key],
    rows_of: Callable[[Item], Iterator[Row]],
) -> StreamingResponse:
    """The file of all ``items`` from the key ``first`` on, each of some rows."""

    async def rows() -> AsyncIterator[Iterable[Row]]:
        at: Key | None = first
        while at is not None:
            page = page_of(items(at), key_of)
            yield (row for item in page.items for row in rows_of(item))
            at = page.next
            await asyncio.sleep(0)

    return file(filename, columns, rows())


def file(
    filename: str, columns: Sequence[str], several: AsyncIterator[Iterable[Row]]
) -> StreamingResponse:
    """The file of several rows at a time, written as they come."""

    async def written() -> AsyncIterator[bytes]:
        yield comma_separated.header(columns)
        async for rows in several:
            yield comma_separated.lines(rows)

    return StreamingResponse(
        written(),
        media_type="text/csv; charset=utf-8; header=present",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{filename}"',
        },
    )
