"""The books and the issuer as a test sees them from inside."""

from __future__ import annotations

from tests.integration.wallet.house import House
from wallet.contract.money import Money
from wallet.domain.currency import yuan


async def balances(house: House, user_id: str) -> dict[str, int]:
    """What is on a user's account and on the house's, in fen."""
    async with house.stage.wallet.storage.reading() as unit:
        accounts = [f"user:{user_id}", "house:clearing", "house:merchants", "house:fees"]
        amounts = [(await unit.ledger.balance(account)).minor for account in accounts]
    assert sum(amounts) == 0
    return dict(zip(("user", "clearing", "merchants", "fees"), amounts, strict=True))


async def force_answer(house: House, user_id: str, code: str) -> None:
    """Make the issuer of a user's only card answer with a code."""
    async with house.stage.wallet.storage.reading() as unit:
        (card,) = await unit.cards.all_of(user_id)
    await house.stage.issuer.arrange_card(card.token, balance=yuan(20_000), expires=card.expires, forced_code=code)


async def issuer_balance(house: House, user_id: str) -> Money:
    """What the issuer has on a user's only card."""
    async with house.stage.wallet.storage.reading() as unit:
        (card,) = await unit.cards.all_of(user_id)
    known = await house.stage.issuer.card(card.token)
    assert known is not None
    return known.balance
