"""Attempts to sign in."""

from __future__ import annotations

from sqlalchemy import insert, select

from wallet.contract.payloads import SignInAttempt
from wallet.storage.rows import Repository
from wallet.storage.tables.users import sign_in_attempts


class SqlSignIns(Repository):
    """The table sign_in_attempts."""

    async def add(self, user_id: str, attempt: SignInAttempt) -> None:
        """Keep an attempt."""
        values = {"at": attempt.at, "failure": attempt.failure, "device": attempt.device}
        await self._run(insert(sign_in_attempts).values(user_id=user_id, **values))

    async def latest(self, user_id: str, limit: int) -> list[SignInAttempt]:
        """The last attempts, newest first."""
        table = sign_in_attempts
        of_user = select(table).where(table.c.user_id == user_id)
        rows = await self._all(of_user.order_by(table.c.at.desc(), table.c.id.desc()).limit(limit))
        return [SignInAttempt(row.at, row.failure is None, row.failure, row.device) for row in rows]
