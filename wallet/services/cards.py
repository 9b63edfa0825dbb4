"""Binding bank cards, keeping their dates up to date, freezing and removing them."""

from __future__ import annotations

from datetime import date

from wallet.contract.payloads import CardState, Frozen
from wallet.domain.account_events import Deed
from wallet.domain.cards import CARDS_MAXIMUM, BankCard, bank_and_kind, is_plausible_expiry
from wallet.domain.errors import CardNotConfirmedError, ConflictError, InvalidRequestError, NotFoundError
from wallet.domain.identifiers import new_id
from wallet.domain.phones import as_dialled
from wallet.domain.users import User
from wallet.services.accounts import check_not_frozen, known_user, locked_user
from wallet.services.notices import CARD_FROZEN, notify
from wallet.services.ports import UnitOfWork
from wallet.services.refusals import check_refusals, count_refusal
from wallet.services.wallet import Wallet

_NUMBER = "card number"


async def bind_card(wallet: Wallet, user_id: str, number: str, expires: date, phone: str | None) -> BankCard:
    """Bind a card. The number goes to the issuer and is not kept; without a phone the account's own is meant.

    Raises InvalidRequestError for what is no card, ConflictError for one that is bound already or one too many,
    CardNotConfirmedError for whatever of it the bank knows otherwise: a day has few such tries.
    """
    now = wallet.now()
    today = wallet.days.day_of(now)
    recognised = bank_and_kind(number)
    if recognised is None:
        raise InvalidRequestError("no card number of a bank we know", field="number")
    if not is_plausible_expiry(expires, today):
        raise InvalidRequestError("the card has expired, or its date is no card's", field="expires")
    given = as_dialled(phone) if phone is not None else None
    if phone is not None and given is None:
        raise InvalidRequestError("no phone number", field="phone")
    # With the user in it: nobody reads out of the database who has the same card as whom.
    fingerprint = wallet.seals.fingerprint(_NUMBER, user_id, number)
    async with wallet.storage.reading() as unit:
        user = await known_user(unit, user_id)
        await _check_room(wallet, unit, user, number, fingerprint)
    on_file = given or user.phone
    token = await wallet.issuer.enrol(number, expires, on_file, now)
    if token is None:
        await _refuse(wallet, user_id)
        raise CardNotConfirmedError()
    bank, kind = recognised
    card = BankCard(
        new_id("card"), user_id, token, bank, number[-4:], kind, on_file, expires, None, None, now, fingerprint
    )
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        # Once more behind the lock: the same card may have been bound while its bank was asked.
        await _check_room(wallet, unit, user, number, fingerprint)
        await unit.cards.add(card)
    return card


async def list_cards(wallet: Wallet, user_id: str) -> list[BankCard]:
    """The cards a user has bound and not removed."""
    async with wallet.storage.reading() as unit:
        await known_user(unit, user_id)
        return [card for card in await unit.cards.all_of(user_id) if card.removed_at is None]


async def update_expiry(wallet: Wallet, user_id: str, card_id: str, expires: date) -> BankCard:
    """Put the date of a re-issued card on file, once the issuer confirms it. A wrong one is a try like at binding."""
    async with wallet.storage.reading() as unit:
        await _check_try(wallet, unit, await known_user(unit, user_id))
        card = await bound_card(unit, user_id, card_id)
    if not await wallet.issuer.accepts_expiry(card.token, expires):
        await _refuse(wallet, user_id)
        raise ConflictError("the issuer does not know this card with that date", field="expires")
    async with wallet.storage.writing() as unit:
        # Once more behind the lock: of dates tried side by side the right one may come behind too many wrong ones.
        await _check_try(wallet, unit, await locked_user(unit, user_id))
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
    """Unbind a card; what was paid with it stays on record. Raises ConflictError for a frozen one."""
    async with wallet.storage.writing() as unit:
        check_not_frozen(await locked_user(unit, user_id))
        card = await bound_card(unit, user_id, card_id)
        # Else it could be bound anew, and would not be frozen.
        if card.frozen_at is not None:
            raise ConflictError("the card is frozen", reason="frozen")
        await unit.cards.set_removed(card_id, wallet.now())


async def bound_card(unit: UnitOfWork, user_id: str, card_id: str) -> BankCard:
    """The user's own card of that id. Raises NotFoundError, also for a card of someone else."""
    card = await unit.cards.get(card_id)
    if card is None or card.user_id != user_id or card.removed_at is not None:
        raise NotFoundError("no such card")
    return card


async def _check_try(wallet: Wallet, unit: UnitOfWork, user: User) -> None:
    check_not_frozen(user)
    await check_refusals(wallet, unit, user.id, Deed.CARD_REFUSED)


async def _check_room(wallet: Wallet, unit: UnitOfWork, user: User, number: str, fingerprint: str) -> None:
    await _check_try(wallet, unit, user)
    today = wallet.days.day_of(wallet.now())
    bound = [card for card in await unit.cards.all_of(user.id) if card.removed_at is None]
    # A frozen or expired one too: binding it again must not lift the freeze, and a new date is put on file.
    if any(card.is_numbered(number, fingerprint) for card in bound):
        raise ConflictError("this card is bound already", reason="bound")
    if sum(card.state_on(today) is CardState.ACTIVE for card in bound) >= CARDS_MAXIMUM:
        raise ConflictError("as many cards are bound as may be", reason="too_many", maximum=CARDS_MAXIMUM)


async def _refuse(wallet: Wallet, user_id: str) -> None:
    async with wallet.storage.writing() as unit:
        await locked_user(unit, user_id)
        # Guesses running side by side: the one too many hears nothing of how it went.
        await check_refusals(wallet, unit, user_id, Deed.CARD_REFUSED)
        await count_refusal(wallet, unit, user_id, Deed.CARD_REFUSED)
