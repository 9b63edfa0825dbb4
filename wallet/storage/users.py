"""People and the limits they chose."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from wallet.domain.currency import CURRENCY
from wallet.domain.limits import ChosenLimits
from wallet.domain.users import User
from wallet.storage.rows import Repository, money
from wallet.storage.tables.users import chosen_limits, users


class SqlUsers(Repository):
    """The tables users and chosen_limits."""

    async def add(self, user: User) -> None:
        """Keep a new user."""
        await self._run(insert(users).values(**asdict(user)))

    async def get(self, user_id: str) -> User | None:
        """The user of that id."""
        return _user(await self._first(select(users).where(users.c.id == user_id)))

    async def find_by_login(self, login: str) -> User | None:
        """The user with that id, phone or e-mail."""
        matches = or_(users.c.id == login, users.c.phone == login, users.c.email == login.lower())
        return _user(await self._first(select(users).where(matches)))

    async def set_frozen(self, user_id: str, frozen_at: datetime | None) -> None:
        """Freeze a user, or lift it with None."""
        await self._run(update(users).where(users.c.id == user_id).values(frozen_at=frozen_at))

    async def set_identity_level(self, user_id: str, level: int) -> None:
        """Say how well a user is known."""
        await self._run(update(users).where(users.c.id == user_id).values(identity_level=level))

    async def set_two_factor(self, user_id: str, on: bool) -> None:
        """Say whether a user's sign-in has two steps."""
        await self._run(update(users).where(users.c.id == user_id).values(two_factor=on))

    async def chosen_limits(self, user_id: str) -> ChosenLimits:
        """What the user set himself."""
        row = await self._first(select(chosen_limits).where(chosen_limits.c.user_id == user_id))
        if row is None:
            return ChosenLimits()
        return ChosenLimits(money(row.per_payment_minor, row.currency), money(row.per_day_minor, row.currency))

    async def choose_limits(self, user_id: str, chosen: ChosenLimits) -> None:
        """Keep what the user set himself."""
        values = {
            "per_payment_minor": chosen.per_payment.minor if chosen.per_payment else None,
            "per_day_minor": chosen.per_day.minor if chosen.per_day else None,
            "currency": CURRENCY,
        }
        if await self._first(select(chosen_limits.c.user_id).where(chosen_limits.c.user_id == user_id)):
            await self._run(update(chosen_limits).where(chosen_limits.c.user_id == user_id).values(**values))
        else:
            await self._run(insert(chosen_limits).values(user_id=user_id, **values))


def _user(row: Any) -> User | None:
    return None if row is None else User(**row._mapping)
