"""Attempts to sign in, and devices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select, update

from wallet.contract.payloads import SignInAttempt
from wallet.storage.rows import Repository
from wallet.storage.tables.users import devices, sign_in_attempts


class SqlSignIns(Repository):
    """The tables sign_in_attempts and devices."""

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

    async def remember_device(self, user_id: str, device: str, seen_at: datetime) -> None:
        """Keep a device that has signed in."""
        same = (devices.c.user_id == user_id) & (devices.c.name == device)
        if await self._first(select(devices.c.id).where(same)):
            await self._run(update(devices).where(same).values(last_seen_at=seen_at))
        else:
            first = {"name": device, "first_seen_at": seen_at, "last_seen_at": seen_at}
            await self._run(insert(devices).values(user_id=user_id, **first))

    async def count_devices(self, user_id: str) -> int:
        """How many devices have signed in."""
        return await self._number(select(func.count()).select_from(devices).where(devices.c.user_id == user_id))
