"""Binding bank cards, keeping their dates up to date, freezing and removing them."""

from __future__ import annotations

from datetime import date

from wallet.contract.payloads import Frozen
from wallet.domain.cards import BankCard, bank_and_kind
from wallet.domain.errors import ConflictError, InvalidRequestError, NotFoundError
from wallet.domain.identifiers import new_id
from wallet.services.accounts import known_user, locked_user
from wallet.services.notices import CARD_FROZEN, notify
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet


async def bind_card(wallet: Wallet, user_id: str, number: str, expires: date, phone: str | None) -> BankCard:
    """Bind a card. The number goes to the issuer and is not kept."""
    recognised = bank_and_kind(number)
    if recognised is None:
        raise InvalidRequestError("no card number of a bank we know", field="number")
    now = wallet.now()
    if expires < wallet.days.day_of(now):
        raise InvalidRequestError("the card has expired", field="expires")
    token = await wallet.issuer.enrol(number, expires, phone, now)
    bank, kind = recognised
    card = BankCard(new_id("card"), user_id, token, bank, number[-4:], kind, phone, expires, None, None, now)
    async with wallet.storage.writing() as unit:
        await unit.cards.add(card)
    return card


async def list_cards(wallet: Wallet, user_id: str) -> list[BankCard]:
    """The cards a user has bound and not removed."""
    async with wallet.storage.reading() as unit:
        await known_user(unit, user_id)
        return [card for card in await unit.cards.all_of(user_id) if card.removed_at is None]


async def update_expiry(wallet: Wallet, user_id: str, card_id: str, expires: date) -> BankCard:
    """Put the date of a re-issued card on file, once the issuer confirms it."""
    async with wallet.storage.reading() as unit:
        card = await bound_card(unit, user_id, card_id)
    if not await wallet.issuer.accepts_expiry(card.token, expires):
        raise ConflictError("the issuer does not know this card with that date", field="expires")
    async with wallet.storage.writing() as unit:
        await unit.cards.set_expires(card_id, expires)
        return await bound_card(unit, user_id, card_id)


async def freeze_card(wallet: Wallet, user_id: str, card_id: str) -> Frozen:
    """Stop payments with a card. Freezing again answers as the first time."""
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        card = await bound_card(unit, user_id, card_id)
        if card.frozen_at is not None:
            return Frozen(card_id, card.frozen_at)
        now = wallet.now()
        await unit.cards.set_frozen(card_id, now)
        await notify(wallet, unit, user, CARD_FROZEN, last_four=card.last_four)
    return Frozen(card_id, now)


async def remove_card(wallet: Wallet, user_id: str, card_id: str) -> None:
    """Unbind a card; what was paid with it stays on record."""
    async with wallet.storage.writing() as unit:
        await bound_card(unit, user_id, card_id)
        await unit.cards.set_removed(card_id, wallet.now())


async def bound_card(unit: UnitOfWork, user_id: str, card_id: str) -> BankCard:
    """The user's own card of that id. Raises NotFoundError, also for a card of someone else."""
    card = await unit.cards.get(card_id)
    if card is None or card.user_id != user_id or card.removed_at is not None:
        raise NotFoundError("no such card")
    return card
