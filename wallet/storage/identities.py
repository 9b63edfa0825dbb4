"""Whose identification number is whose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from wallet.storage.rows import Repository
from wallet.storage.tables.users import identities


class SqlIdentities(Repository):
    """The table identities. A number has one account and an account one number, whoever asks at the same moment."""

    async def claim(self, user_id: str, number_fingerprint: str, proven_at: datetime) -> bool:
        """Keep that a number is a user's, and say whether it is: not somebody else's, nor he another one's."""
        mine = {"user_id": user_id, "number_fingerprint": number_fingerprint}
        await self._add_unless_there(identities, **mine, proven_at=proven_at)
        row = await self._first(select(identities.c.number_fingerprint).where(identities.c.user_id == user_id))
        return row is not None and row.number_fingerprint == number_fingerprint

    async def release(self, user_id: str) -> None:
        """Forget whose number a user's is."""
        await self._run(delete(identities).where(identities.c.user_id == user_id))
