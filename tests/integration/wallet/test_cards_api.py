"""Cards as their owner binds and updates them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from sqlalchemy import update

from tests.integration.wallet.databases import everything_stored_at
from tests.integration.wallet.house import CREDIT_CARD, DEBIT_CARD, Answer, House, SignedIn
from wallet.demo.cards import card_number
from wallet.domain.account_events import Actor, Deed
from wallet.domain.currency import yuan
from wallet.domain.errors import TooManyRequestsError
from wallet.services.cards import update_expiry
from wallet.services.ports import Issuer
from wallet.storage.database import transaction
from wallet.storage.engine import open_engine
from wallet.storage.tables.cards import cards as stored_cards


async def bind(user: SignedIn, number: str, expires: str = "2029-05", phone: str | None = None) -> Answer:
    return await user.post("/v1/cards", {"number": number, "expires": expires, "phone": phone})


async def papers_of(house: House, user: SignedIn) -> Any:
    return (await house.call("POST", "/v1/dev/papers", json={"user_id": user.user_id})).body["card"]


def as_told(answer: Answer) -> tuple[int, dict[str, Any]]:
    return answer.status, {key: value for key, value in answer.body.items() if key != "request_id"}


def numbers(count: int) -> list[str]:
    return [card_number("620001", "00001", f"{last_four:04d}") for last_four in range(count)]


async def forget_fingerprints(house: House) -> None:
    """Have all cards be as those that were bound before there were any."""
    engine = open_engine(house.settings.database_url)
    try:
        async with transaction(engine, writes=True) as connection:
            await connection.execute(update(stored_cards).values(number_fingerprint=None))
    finally:
        await engine.dispose()


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
        (DEBIT_CARD, "2047-01", "expires"),
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


@pytest.mark.parametrize(
    "wrong", [{"expires": "2030-02"}, {"phone": "13999999999"}, {"expires": "2030-02", "phone": "13999999999"}]
)
async def test_whatever_the_bank_knows_otherwise_is_refused_in_the_same_words(
    house: House, wrong: dict[str, str]
) -> None:
    user = await house.user()
    card = await papers_of(house, user)
    refused = await user.post("/v1/cards", {**card, **wrong})
    assert as_told(refused) == (
        422,
        {
            "code": "card_not_confirmed",
            "message": "the bank does not confirm the card with these details",
            "details": {},
        },
    )
    assert (await user.get("/v1/cards")).body["items"] == []
    assert (await user.post("/v1/cards", card)).status == 201


@pytest.mark.parametrize("phone", ["abc", "1234", "138000010O2", "1" * 16])
async def test_a_phone_that_is_none_is_refused(house: House, phone: str) -> None:
    refused = await bind(await house.user(), DEBIT_CARD, phone=phone)
    assert (refused.code, refused.body["details"]) == ("invalid_request", {"field": "phone"})


async def test_a_phone_is_the_same_however_it_is_typed(house: House) -> None:
    user = await house.user()
    card = await papers_of(house, user)
    phone = card["phone"]
    assert (await user.post("/v1/cards", {**card, "phone": f"+86 {phone[:3]}-{phone[3:]}"})).status == 201


async def test_without_a_phone_the_accounts_own_is_meant(house: House) -> None:
    user, other = await house.user(), await house.user()
    card = await papers_of(house, user)
    assert (await other.post("/v1/cards", {**card, "phone": None})).code == "card_not_confirmed"
    assert (await user.post("/v1/cards", {**card, "phone": None})).status == 201


async def test_after_five_cards_the_bank_does_not_know_none_is_tried_before_midnight(house: House) -> None:
    user = await house.user()
    card = await papers_of(house, user)
    for phone in range(13900000000, 13900000005):
        assert (await user.post("/v1/cards", {**card, "phone": str(phone)})).code == "card_not_confirmed"
    refused = await user.post("/v1/cards", card)
    assert (refused.code, refused.headers["Retry-After"]) == ("too_many_requests", str(12 * 3600 + 600))
    async with house.stage.wallet.storage.reading() as unit:
        events = await unit.account_events.all_of(user.user_id)
    assert [(event.deed, event.by, event.reason) for event in events] == [(Deed.CARD_REFUSED, Actor.USER, None)] * 5
    house.clock.advance(hours=12, minutes=11)
    user = await house.signed_in(user.user_id)
    assert (await user.post("/v1/cards", card)).status == 201


async def test_tries_side_by_side_are_all_counted(house: House) -> None:
    user = await house.user()
    card = await papers_of(house, user)
    tries = [user.post("/v1/cards", {**card, "phone": str(phone)}) for phone in range(13900000000, 13900000012)]
    codes = [answer.code for answer in await asyncio.gather(*tries)]
    assert (codes.count("card_not_confirmed"), codes.count("too_many_requests")) == (5, 7)


async def test_a_card_is_bound_once_and_a_freeze_is_not_lifted_by_binding_it_again(house: House) -> None:
    user, other = await house.user(), await house.user()
    card_id = await user.bind_card()
    again = await bind(user, DEBIT_CARD)
    assert (again.status, again.code, again.body["details"]) == (409, "conflict", {"reason": "bound"})
    assert (await bind(user, "6200 0100 0007 0304", "2030-01")).code == "conflict"
    await house.support(f"/users/{user.user_id}/cards/{card_id}/freeze", "POST", acting=user.user_id)
    assert (await bind(user, DEBIT_CARD)).code == "conflict"
    assert (await bind(user, CREDIT_CARD)).status == 201
    assert (await bind(other, DEBIT_CARD)).status == 201


async def test_a_removed_card_pays_nothing_stays_on_record_and_may_be_bound_again(house: House) -> None:
    user, other = await house.user(), await house.user()
    card_id = await user.bind_card()
    await user.pay("10", card_id)
    assert (await other.delete(f"/v1/cards/{card_id}")).code == "not_found"
    assert (await user.delete(f"/v1/cards/{card_id}")).body == {"status": "removed"}
    assert (await user.get("/v1/cards")).body["items"] == []
    assert (await user.get("/v1/payments")).body["items"][0]["card"]["last_four"] == "0304"
    assert (await user.pay("10", card_id)).code == "not_found"
    assert (await user.delete(f"/v1/cards/{card_id}")).code == "not_found"
    assert (await bind(user, DEBIT_CARD)).status == 201


async def test_a_frozen_card_is_not_removed(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    await house.support(f"/users/{user.user_id}/cards/{card_id}/freeze", "POST", acting=user.user_id)
    refused = await user.delete(f"/v1/cards/{card_id}")
    assert (refused.code, refused.body["details"]) == ("conflict", {"reason": "frozen"})
    assert [card["state"] for card in (await user.get("/v1/cards")).body["items"]] == ["frozen"]


async def test_a_new_date_is_not_found_by_trying(house: House) -> None:
    user = await house.user()
    path = f"/v1/cards/{await user.bind_card()}"
    for month in range(1, 6):
        assert (await user.patch(path, {"expires": f"2031-0{month}"})).code == "conflict"
    assert (await user.patch(path, {"expires": "2029-05"})).code == "too_many_requests"
    assert (await bind(user, CREDIT_CARD)).code == "too_many_requests"


async def test_a_card_is_bound_once_even_by_requests_side_by_side(house: House) -> None:
    user = await house.user()
    answers = await asyncio.gather(*(bind(user, DEBIT_CARD) for _ in range(6)))
    assert sorted(answer.status for answer in answers) == [201, *[409] * 5]
    assert len((await user.get("/v1/cards")).body["items"]) == 1


async def test_five_usable_cards_are_enough(house: House) -> None:
    user = await house.user()
    assert (await bind(user, DEBIT_CARD, "2026-03")).status == 201
    *first, last = numbers(5)
    for number in first:
        assert (await bind(user, number)).status == 201
    full = await bind(user, last)
    assert (full.code, full.body["details"]) == ("conflict", {"reason": "too_many", "maximum": 5})
    house.clock.advance(days=20)
    # One of them has expired.
    assert (await bind(await house.signed_in(user.user_id), last)).status == 201


async def test_two_accounts_with_the_same_card_have_nothing_in_common_in_the_database(house: House) -> None:
    users = [await house.user() for _ in range(2)]
    cards = [await user.bind_card() for user in users]
    async with house.stage.wallet.storage.reading() as unit:
        fingerprints = [card.number_fingerprint for card_id in cards if (card := await unit.cards.get(card_id))]
    assert None not in fingerprints
    assert len(set(fingerprints)) == 2


async def test_on_a_frozen_account_no_card_is_bound_changed_or_removed(house: House) -> None:
    user = await house.user()
    path = f"/v1/cards/{await user.bind_card()}"
    await user.post("/v1/me/freeze", {"reason": "phone stolen"})
    refused = [await bind(user, CREDIT_CARD), await user.patch(path, {"expires": "2029-05"}), await user.delete(path)]
    assert [(answer.status, answer.code) for answer in refused] == [(403, "account_frozen")] * 3
    assert len((await user.get("/v1/cards")).body["items"]) == 1


async def test_of_dates_tried_side_by_side_the_right_one_counts_no_more_after_five_wrong_ones(house: House) -> None:
    user = await house.user()
    path = f"/v1/cards/{await user.bind_card()}"
    bank = house.stage.wallet.issuer

    class SlowBank:
        async def accepts_expiry(self, token: str, expires: date) -> bool:
            """Five wrong dates are tried and counted while the right one is looked at."""
            for month in range(1, 6):
                assert (await user.patch(path, {"expires": f"2031-0{month}"})).code == "conflict"
            return await bank.accepts_expiry(token, expires)

    slow = replace(house.stage.wallet, issuer=cast("Issuer", SlowBank()))
    with pytest.raises(TooManyRequestsError):
        await update_expiry(slow, user.user_id, path.rpartition("/")[2], date(2029, 5, 31))


async def test_a_frozen_card_of_before_there_were_fingerprints_is_not_bound_anew(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    await forget_fingerprints(house)
    await house.support(f"/users/{user.user_id}/cards/{card_id}/freeze", "POST", acting=user.user_id)
    again = await bind(user, DEBIT_CARD)
    assert (again.code, again.body["details"]) == ("conflict", {"reason": "bound"})
    assert (await bind(user, CREDIT_CARD)).status == 201
