"""Secrets of the second step, and recovery codes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from wallet.domain.two_factor import TwoFactor
from wallet.storage.rows import Repository
from wallet.storage.tables.users import recovery_codes, two_factors


class SqlTwoFactors(Repository):
    """The tables two_factors and recovery_codes."""

    async def get(self, user_id: str) -> TwoFactor | None:
        """A user's secret, confirmed or not."""
        row = await self._first(select(two_factors).where(two_factors.c.user_id == user_id))
        return None if row is None else TwoFactor(**row._mapping)

    async def put(self, two_factor: TwoFactor) -> None:
        """Keep a secret in the place of the one before."""
        await self._run(delete(two_factors).where(two_factors.c.user_id == two_factor.user_id))
        await self._run(insert(two_factors).values(**asdict(two_factor)))

    async def remove(self, user_id: str) -> None:
        """Forget a user's secret and recovery codes."""
        await self._run(delete(two_factors).where(two_factors.c.user_id == user_id))
        await self._run(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))

    async def put_recovery_codes(self, user_id: str, code_hashes: list[str]) -> None:
        """Keep recovery codes in the place of the ones before."""
        await self._run(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
        for code_hash in code_hashes:
            await self._run(insert(recovery_codes).values(user_id=user_id, code_hash=code_hash, used_at=None))

    async def use_recovery_code(self, user_id: str, code_hash: str, used_at: datetime) -> bool:
        """Use a code up. Says whether there was one to use."""
        of_user = (recovery_codes.c.user_id == user_id) & (recovery_codes.c.code_hash == code_hash)
        unused = of_user & recovery_codes.c.used_at.is_(None)
        done = await self._connection.execute(update(recovery_codes).where(unused).values(used_at=used_at))
        return bool(done.rowcount)
