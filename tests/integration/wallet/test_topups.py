"""Top-ups: channels, fees, free quotas and incidents."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.wallet.house import CREDIT_CARD, House, cny
from wallet.contract.payloads import LocalizedText
from wallet.domain.currency import yuan
from wallet.services.incidents import end_incident, open_incident

WORDS = LocalizedText("维护", "maintenance")


async def test_a_topup_without_a_card_arrives_in_full(house: House) -> None:
    user = await house.user()
    answer = await user.top_up("300")
    assert (answer.status, answer.body["status"], answer.body["fee"]["minor"]) == (201, "succeeded", 0)
    assert await user.balance() == 30000


async def test_a_fee_comes_on_top_and_goes_to_the_house(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    answer = await user.top_up("200", "apple_pay", card_id)
    assert (answer.body["status"], answer.body["fee"]["minor"]) == ("succeeded", 200)
    assert await user.balance() == 20000
    async with house.stage.wallet.storage.reading() as unit:
        assert (await unit.ledger.balance("house:fees")).minor == 200
        assert (await unit.ledger.balance("house:clearing")).minor == -20200


async def test_the_free_quota_is_used_up_within_the_month_and_new_in_the_next(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card(CREDIT_CARD)
    fees = [(await user.top_up("400", "bank_card_credit", card_id)).body["fee"]["minor"] for _ in range(4)]
    assert fees == [0, 0, 120, 240]
    house.clock.advance(days=20)
    user = await house.signed_in(user.user_id)
    assert (await user.top_up("400", "bank_card_credit", card_id)).body["fee"]["minor"] == 0


async def test_a_card_of_a_kind_the_channel_does_not_take_is_declined(house: House) -> None:
    user = await house.user()
    answer = await user.top_up("200", "bank_card_debit", await user.bind_card(CREDIT_CARD))
    assert (answer.body["status"], answer.body["cause"]) == ("declined", "channel_unsupported")


@pytest.mark.parametrize(("amount", "cause"), [("9.99", "below_minimum"), ("1000.01", "above_maximum")])
async def test_an_amount_the_channel_does_not_take_is_declined(house: House, amount: str, cause: str) -> None:
    user = await house.user()
    assert (await user.top_up(amount, "convenience_store")).body["cause"] == cause


async def test_a_channel_under_an_incident_takes_nothing_until_it_ends(house: House) -> None:
    user = await house.user()
    incident = await open_incident(house.stage.wallet, "bank_transfer", WORDS, None)
    assert (await user.top_up("300")).body["cause"] == "channel_down"
    assert (await user.top_up("300", "convenience_store")).body["status"] == "succeeded"
    await end_incident(house.stage.wallet, incident.id)
    assert (await user.top_up("300")).body["status"] == "succeeded"


async def test_an_incident_of_everything_stops_every_channel(house: House) -> None:
    user = await house.user()
    await open_incident(house.stage.wallet, None, WORDS, None)
    causes = [(await user.top_up("300", channel)).body["cause"] for channel in ("bank_transfer", "convenience_store")]
    assert causes == ["channel_down", "channel_down"]


async def test_a_channel_that_needs_a_card_says_so(house: House) -> None:
    user = await house.user()
    refused = await user.top_up("200", "bank_card_debit")
    assert (refused.status, refused.code, refused.body["details"]) == (400, "invalid_request", {"field": "card_id"})


async def test_an_unknown_channel_is_refused(house: House) -> None:
    user = await house.user()
    refused = await user.top_up("200", "carrier_pigeon")
    assert (refused.status, refused.body["details"]) == (400, {"field": "channel"})


async def test_the_same_key_ten_times_at_once_adds_money_once(house: House) -> None:
    user = await house.user()
    answers = await asyncio.gather(*(user.top_up("100", key="one") for _ in range(10)))
    assert len({answer.body["id"] for answer in answers}) == 1
    assert await user.balance() == 10000


async def test_an_unknown_topup_is_settled_by_asking_again(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    async with house.stage.wallet.storage.reading() as unit:
        card = await unit.cards.get(card_id)
    assert card is not None
    await house.stage.issuer.arrange_card(card.token, balance=yuan(500), expires=card.expires, forced_code="91")
    topup = (await user.top_up("100", "bank_card_debit", card_id)).body
    assert (topup["status"], await user.balance()) == ("unknown", 0)
    await house.call("POST", "/v1/dev/issuer-results", json={"order_id": topup["id"], "code": "00"})
    assert (await user.post(f"/v1/topups/{topup['id']}/query")).body["status"] == "succeeded"
    assert await user.balance() == 10000


async def test_a_topup_is_shown_to_its_user_and_to_nobody_else(house: House) -> None:
    user, other = await house.user(), await house.user()
    topup = (await user.top_up("100")).body
    assert (await user.get("/v1/topups")).body["items"] == [topup]
    assert (await user.get(f"/v1/topups/{topup['id']}")).body == topup
    assert (await other.get(f"/v1/topups/{topup['id']}")).status == 404
    assert (await other.get("/v1/topups")).body["items"] == []


async def test_a_topup_without_a_key_is_refused(house: House) -> None:
    user = await house.user()
    body = {"amount": cny("10"), "channel": "bank_transfer", "card_id": None}
    refused = await house.call("POST", "/v1/topups", token=user.token, json=body)
    assert (refused.status, refused.code) == (400, "idempotency_key_missing")
