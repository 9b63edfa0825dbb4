"""Gives demo users their cards, and makes the issuer answer as a scenario wants."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

from wallet.contract.payloads import CardState
from wallet.demo.scenarios import DemoCard
from wallet.demo.stage import Stage
from wallet.domain.cards import BankCard, passes_luhn, prefix_of
from wallet.domain.users import User
from wallet.services.cards import bind_card, list_cards, remove_card


async def deal_cards(stage: Stage, user: User, wanted: Mapping[str, DemoCard]) -> dict[str, str]:
    """Ids of the user's cards by their names in the scenario. A card that will not do any more is bound anew."""
    bound = await list_cards(stage.wallet, user.id)
    return {alias: await _deal(stage, user, card, bound) for alias, card in wanted.items()}


def month_end(day: date, months: int) -> date:
    """The last day of the month so many months after that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def card_number(prefix: str, middle: str, last_four: str) -> str:
    """A number of these digits; one more between middle and end makes the check digit fit."""
    numbers = (f"{prefix}{middle}{filler}{last_four}" for filler in range(10))
    return next(number for number in numbers if passes_luhn(number))


async def _deal(stage: Stage, user: User, wanted: DemoCard, bound: list[BankCard]) -> str:
    today = stage.wallet.days.day_of(stage.wallet.now())
    card = next((card for card in bound if card.last_four == wanted.last_four), None)
    if card is None or card.state_on(today) is not _state(wanted):
        if card is not None:
            await _take_away(stage, user, card)
        card = await _bind(stage, user, wanted, month_end(today, wanted.months_left))
    await stage.issuer.arrange_card(
        card.token,
        balance=wanted.balance,
        expires=month_end(card.expires, 12 * wanted.reissued_for_years),
        forced_code=wanted.answers,
    )
    return card.id


async def _bind(stage: Stage, user: User, wanted: DemoCard, expires: date) -> BankCard:
    # Bound when the account was opened: by now some of the cards have expired.
    then = stage.at(user.created_at)
    number = card_number(prefix_of(wanted.bank, wanted.kind), "00000", wanted.last_four)
    return await bind_card(then.wallet, user.id, number, expires, user.phone)


async def _take_away(stage: Stage, user: User, card: BankCard) -> None:
    async with stage.wallet.storage.writing() as unit:
        await unit.cards.set_frozen(card.id, None)
    await remove_card(stage.wallet, user.id, card.id)


def _state(wanted: DemoCard) -> CardState:
    return CardState.EXPIRED if wanted.months_left < 0 else CardState.ACTIVE
