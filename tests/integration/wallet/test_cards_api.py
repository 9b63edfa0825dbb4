"""Cards as their owner binds and updates them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.wallet.databases import everything_stored_at
from tests.integration.wallet.house import DEBIT_CARD, House
from wallet.domain.currency import yuan


async def test_a_bound_card_shows_its_bank_and_last_digits_and_never_its_number(house: House) -> None:
    user = await house.user()
    await user.bind_card(DEBIT_CARD, "2029-05")
    answer = await user.get("/v1/cards")
    (card,) = answer.body["items"]
    assert (card["bank"], card["last_four"], card["kind"]) == (
        {"zh": "江海银行", "en": "Jianghai Bank"},
        "0304",
        "debit",
    )
    assert (card["state"], card["expires"]) == ("active", "2029-05-31")
    assert DEBIT_CARD not in answer.text
    stored = await everything_stored_at(house.settings.database_url)
    assert card["id"] in stored
    assert DEBIT_CARD not in stored


@pytest.mark.parametrize(
    ("number", "expires", "field"),
    [
        ("6200010000070305", "2029-05", "number"),
        ("4111111111111111", "2029-05", "number"),
        (DEBIT_CARD, "2026-02", "expires"),
        (DEBIT_CARD, "05/29", "expires"),
        (DEBIT_CARD, "2029-13", "expires"),
    ],
)
async def test_a_card_that_cannot_be_is_refused(house: House, number: str, expires: str, field: str) -> None:
    user = await house.user()
    refused = await user.post("/v1/cards", {"number": number, "expires": expires, "phone": None})
    assert (refused.status, refused.code, refused.body["details"]) == (400, "invalid_request", {"field": field})


async def test_a_reissued_card_works_again_once_its_date_is_updated(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card(expires="2026-03")
    async with house.stage.wallet.storage.reading() as unit:
        card = await unit.cards.get(card_id)
    assert card is not None
    await house.stage.issuer.arrange_card(card.token, balance=yuan(500), expires=date(2031, 3, 31))
    assert (await user.pay("10", card_id)).body["cause"] == "card_details_outdated"
    house.clock.advance(days=30)
    user = await house.signed_in(user.user_id)
    assert (await user.get("/v1/cards")).body["items"][0]["state"] == "expired"
    assert (await user.pay("10", card_id)).body["cause"] == "card_expired"

    wrong = await user.patch(f"/v1/cards/{card_id}", {"expires": "2030-03"})
    assert (wrong.status, wrong.code) == (409, "conflict")
    updated = await user.patch(f"/v1/cards/{card_id}", {"expires": "2031-03"})
    assert (updated.body["state"], updated.body["expires"]) == ("active", "2031-03-31")
    assert (await user.pay("10", card_id)).body["status"] == "succeeded"


async def test_nobody_sees_or_updates_the_card_of_someone_else(house: House) -> None:
    user, other = await house.user(), await house.user()
    card_id = await user.bind_card()
    assert (await other.get("/v1/cards")).body["items"] == []
    assert (await other.patch(f"/v1/cards/{card_id}", {"expires": "2031-03"})).status == 404
