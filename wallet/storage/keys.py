"""Idempotency keys."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import insert, select

from wallet.domain.idempotency import UsedKey
from wallet.storage.rows import Repository
from wallet.storage.tables.movements import idempotency_keys


class SqlKeys(Repository):
    """The table idempotency_keys."""

    async def add(self, used: UsedKey) -> None:
        """Keep a key that is being spent."""
        await self._run(insert(idempotency_keys).values(**asdict(used)))

    async def get(self, user_id: str, key: str) -> UsedKey | None:
        """What a user spent a key for."""
        table = idempotency_keys
        row = await self._first(select(table).where(table.c.user_id == user_id, table.c.key == key))
        return None if row is None else UsedKey(**row._mapping)
