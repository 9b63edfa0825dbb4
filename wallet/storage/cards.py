"""Bank cards bound to users."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from wallet.contract.payloads import CardKind
from wallet.domain.cards import BankCard
from wallet.storage.rows import Repository
from wallet.storage.tables.cards import cards


class SqlCards(Repository):
    """The table cards."""

    async def add(self, card: BankCard) -> None:
        """Keep a new card."""
        await self._run(insert(cards).values(**{**asdict(card), "kind": card.kind.value}))

    async def get(self, card_id: str) -> BankCard | None:
        """The card of that id."""
        row = await self._first(select(cards).where(cards.c.id == card_id))
        return None if row is None else _card(row)

    async def all_of(self, user_id: str) -> list[BankCard]:
        """All cards of a user, removed ones too, in the order they were bound."""
        of_user = select(cards).where(cards.c.user_id == user_id)
        return [_card(row) for row in await self._all(of_user.order_by(cards.c.bound_at, cards.c.id))]

    async def set_expires(self, card_id: str, expires: date) -> None:
        """Put another date on file."""
        await self._change(card_id, expires=expires)

    async def set_frozen(self, card_id: str, frozen_at: datetime | None) -> None:
        """Freeze a card, or lift it with None."""
        await self._change(card_id, frozen_at=frozen_at)

    async def set_removed(self, card_id: str, removed_at: datetime) -> None:
        """Unbind a card."""
        await self._change(card_id, removed_at=removed_at)

    async def _change(self, card_id: str, **values: Any) -> None:
        await self._run(update(cards).where(cards.c.id == card_id).values(**values))


def _card(row: Any) -> BankCard:
    return BankCard(**{**row._mapping, "kind": CardKind(row.kind)})
