"""Password hashes and reset links."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from wallet.domain.credentials import Credential
from wallet.domain.password_resets import PasswordReset
from wallet.storage.rows import Repository
from wallet.storage.tables.users import credentials, password_resets


class SqlCredentials(Repository):
    """The tables credentials and password_resets."""

    async def add(self, credential: Credential) -> None:
        """Keep a new user's password hash."""
        await self._run(insert(credentials).values(**asdict(credential)))

    async def get(self, user_id: str) -> Credential:
        """The credential of a user who exists."""
        return Credential(**(await self._first(_of(user_id)))._mapping)

    async def lock(self, user_id: str) -> Credential:
        """The same, and nobody else changes it before this transaction ends."""
        return Credential(**(await self._first(_of(user_id).with_for_update()))._mapping)

    async def update(self, credential: Credential) -> None:
        """Keep a credential as it stands now."""
        same_user = credentials.c.user_id == credential.user_id
        await self._run(update(credentials).where(same_user).values(**asdict(credential)))

    async def add_reset(self, reset: PasswordReset) -> None:
        """Keep a link that is being sent."""
        await self._run(insert(password_resets).values(**asdict(reset)))

    async def find_reset(self, token_hash: str) -> PasswordReset | None:
        """The link with that token."""
        return _reset(await self._first(select(password_resets).where(password_resets.c.token_hash == token_hash)))

    async def latest_reset(self, user_id: str) -> PasswordReset | None:
        """The link sent last."""
        newest_first = password_resets.c.created_at.desc()
        of_user = select(password_resets).where(password_resets.c.user_id == user_id)
        return _reset(await self._first(of_user.order_by(newest_first).limit(1)))

    async def use_resets(self, user_id: str, used_at: datetime) -> None:
        """End every link of a user that is still open."""
        still_open = (password_resets.c.user_id == user_id) & password_resets.c.used_at.is_(None)
        await self._run(update(password_resets).where(still_open).values(used_at=used_at))

    async def remove_resets(self, before: datetime) -> None:
        """Forget the links that ended before then."""
        await self._run(delete(password_resets).where(password_resets.c.expires_at < before))


def _of(user_id: str) -> Any:
    return select(credentials).where(credentials.c.user_id == user_id)


def _reset(row: Any) -> PasswordReset | None:
    return None if row is None else PasswordReset(**row._mapping)
