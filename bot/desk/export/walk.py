"""A list of conversations from its beginning to its end, page by page, however long it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol, TypeVar

from sqlalchemy.engine import Connection

from bot.store.conversation_filter import ConversationFilter
from bot.store.conversations import LONGEST_SEARCH_S, Page, read_page
from bot.store.cursor import Cursor
from bot.store.patience import patience

Result = TypeVar("Result")

PAGE_LENGTH = 500


class Read(Protocol):
    """Reads something in a transaction of its own, to its end though nobody waits for it any more."""

    async def __call__(self, work: Callable[[Connection], Result]) -> Result:
        """What the work finds."""
        ...


async def pages_of(read: Read, wanted: ConversationFilter, now: float) -> AsyncIterator[Page]:
    """The pages of the list; one at least, which may be empty."""
    after: Cursor | None = None
    while True:

        def look(connection: Connection, after: Cursor | None = after) -> Page:
            with patience(connection, LONGEST_SEARCH_S):
                return read_page(connection, wanted, after, PAGE_LENGTH, now)

        page = await read(look)
        yield page
        if page.next is None:
            return
        after = page.next
