"""What was done to the protection of accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from wallet.domain.account_events import AccountEvent, Actor, Deed
from wallet.storage.rows import Repository
from wallet.storage.tables.users import account_events


class SqlAccountEvents(Repository):
    """The table account_events; rows are only ever added."""

    async def add(self, event: AccountEvent) -> None:
        """Keep what was done."""
        await self._run(
            insert(account_events).values(
                user_id=event.user_id, deed=event.deed.value, by=event.by.value, reason=event.reason, at=event.at
            )
        )

    async def all_of(self, user_id: str) -> list[AccountEvent]:
        """All that was done to a user's account, oldest first."""
        of_user = select(account_events).where(account_events.c.user_id == user_id)
        rows = await self._all(of_user.order_by(account_events.c.id))
        return [AccountEvent(row.user_id, Deed(row.deed), Actor(row.by), row.reason, row.at) for row in rows]

    async def count(self, user_id: str, deed: Deed, since: datetime) -> int:
        """How often that was done to a user's account since a moment."""
        table = account_events
        done = (table.c.user_id == user_id, table.c.deed == deed.value, table.c.at >= since)
        return await self._number(select(func.count()).select_from(table).where(*done))
