"""Transfers to other users: who may send, who may receive, what moves, and what a sender can find out."""

from __future__ import annotations

import asyncio
from collections import Counter
from decimal import Decimal

import pytest

from tests.integration.wallet.house import House
from wallet.contract.payloads import FeeKind
from wallet.domain.currency import yuan
from wallet.domain.fees import FeeRule


@pytest.mark.parametrize("name", ["id", "phone", "email"])
async def test_a_transfer_reaches_who_is_named_by_phone_mail_or_name(house: House, name: str) -> None:
    sender, recipient = await house.user(balance="100"), await house.user()
    login = {"id": recipient.user_id, **await contacts(house, recipient.user_id)}[name]
    made = await sender.transfer("35.60", login)
    assert (made.status, made.body["status"], made.body["cause"], made.body["kind"]) == (
        201,
        "succeeded",
        None,
        "wallet",
    )
    assert (await sender.balance(), await recipient.balance()) == (6440, 3560)
    assert login not in made.text


async def test_someone_unknown_and_someone_who_left_cannot_be_told_apart(house: House) -> None:
    sender = await house.user(balance="100")
    gone = await house.open_user(closed_at=house.clock())
    answers = [await sender.transfer("1", name) for name in ("user-00000000", gone)]
    for answer in answers:
        assert (answer.status, answer.body["status"], answer.body["cause"]) == (201, "declined", "recipient_not_found")
    told = [{**answer.body, "id": "", "recipient_masked": ""} for answer in answers]
    assert told[0] == told[1]
    assert await sender.balance() == 10000


async def test_nobody_sends_to_himself(house: House) -> None:
    sender = await house.user(balance="100")
    assert (await sender.transfer("1", sender.user_id)).body["cause"] == "recipient_not_allowed"


async def test_a_frozen_account_neither_receives_nor_sends(house: House) -> None:
    one, frozen = await house.user(balance="100"), await house.user(balance="100")
    await house.support(f"/users/{frozen.user_id}/freeze", "POST", acting=frozen.user_id)
    assert (await one.transfer("1", frozen.user_id)).body["cause"] == "recipient_not_allowed"
    assert (await frozen.transfer("1", one.user_id)).body["cause"] == "account_frozen"


async def test_the_first_level_sends_nothing(house: House) -> None:
    sender, recipient = await house.user(balance="100", level=1), await house.user()
    assert (await sender.transfer("1", recipient.user_id)).body["cause"] == "identity_incomplete"


async def test_a_transfer_does_not_lift_the_first_level_above_what_it_may_hold(house: House) -> None:
    sender, recipient = await house.user(balance="1000"), await house.user(balance="4900", level=1)
    assert (await sender.transfer("100.01", recipient.user_id)).body["cause"] == "recipient_not_allowed"
    assert (await sender.transfer("100", recipient.user_id)).body["status"] == "succeeded"


async def test_payments_and_transfers_share_their_limits(house: House) -> None:
    sender, recipient = await house.user(balance="10001"), await house.user(level=3)
    assert (await sender.transfer("5000.01", recipient.user_id)).body["cause"] == "over_payment_limit"
    assert (await sender.pay("5000")).body["status"] == "succeeded"
    assert (await sender.transfer("5000", recipient.user_id)).body["status"] == "succeeded"
    assert (await sender.transfer("1", recipient.user_id)).body["cause"] == "over_daily_limit"
    assert (await sender.pay("1")).body["cause"] == "over_daily_limit"
    assert (await sender.get("/v1/limits")).body["used_today"]["minor"] == 1000000


async def test_a_transfer_above_the_balance_is_declined_whoever_it_is_for(house: House) -> None:
    sender, recipient = await house.user(balance="1"), await house.user()
    for name in (recipient.user_id, "nobody"):
        assert (await sender.transfer("1.01", name)).body["cause"] == "balance_too_low"


async def test_after_ten_names_that_are_nobodys_the_day_is_over_for_every_name(house: House) -> None:
    sender, recipient = await house.user(balance="100"), await house.user()
    for number in range(9):
        assert (await sender.transfer("1", f"1390000000{number}")).status == 201
    answers = await asyncio.gather(*(sender.transfer("1", f"1380000000{number}") for number in range(5)))
    assert sorted(answer.status for answer in answers) == [201, 429, 429, 429, 429]
    refused = await sender.transfer("1", recipient.user_id, key="one")
    assert (refused.status, refused.code) == (429, "too_many_requests")
    assert refused.headers["Retry-After"] == str((12 * 60 + 10) * 60)
    house.clock.advance(hours=12, minutes=10)
    sender = await house.signed_in(sender.user_id)
    assert (await sender.transfer("1", recipient.user_id, key="one")).body["status"] == "succeeded"


async def test_a_repeat_is_answered_as_the_first_time_and_moves_nothing(house: House) -> None:
    sender, recipient = await house.user(balance="100"), await house.user()
    answers = await asyncio.gather(*(sender.transfer("10", recipient.user_id, key="one") for _ in range(8)))
    assert len({answer.body["id"] for answer in answers}) == 1
    assert (await sender.transfer("11", recipient.user_id, key="one")).code == "idempotency_key_reused"
    assert (await sender.transfer("10", "nobody", key="one")).code == "idempotency_key_reused"
    assert (await sender.pay("10", key="one")).code == "idempotency_key_reused"
    assert (await sender.balance(), await recipient.balance()) == (9000, 1000)


async def test_twenty_transfers_at_once_spend_the_balance_once(house: House) -> None:
    sender, recipient = await house.user(balance="1000"), await house.user()
    answers = await asyncio.gather(*(sender.transfer("100", recipient.user_id) for _ in range(20)))
    outcomes = Counter((answer.status, answer.body["status"], answer.body["cause"]) for answer in answers)
    assert outcomes == {(201, "succeeded", None): 10, (201, "declined", "balance_too_low"): 10}
    assert (await sender.balance(), await recipient.balance()) == (0, 100000)


async def test_two_who_pay_each_other_at_once_do_not_wait_for_each_other(house: House) -> None:
    one, other = await house.user(balance="100"), await house.user(balance="100")
    pairs = [(one, other), (other, one)] * 10
    answers = await asyncio.gather(*(sender.transfer("1", recipient.user_id) for sender, recipient in pairs))
    assert {answer.body["status"] for answer in answers} == {"succeeded"}
    assert (await one.balance(), await other.balance()) == (10000, 10000)


async def test_the_free_quota_of_transfers_is_used_up_once_by_transfers_at_once(house: House) -> None:
    await charge_transfers(house)
    sender, recipient = await house.user(balance="1000"), await house.user()
    answers = await asyncio.gather(*(sender.transfer("100", recipient.user_id) for _ in range(5)))
    assert sorted(answer.body["fee"]["minor"] for answer in answers) == [0, 0, 100, 100, 100]
    assert (await sender.balance(), await recipient.balance()) == (100000 - 50300, 50000)


async def test_a_declined_transfer_leaves_the_free_quota_as_it_was(house: House) -> None:
    await charge_transfers(house)
    sender, recipient = await house.user(balance="300"), await house.user()
    assert (await sender.transfer("200", "nobody")).body["cause"] == "recipient_not_found"
    assert (await sender.transfer("200", recipient.user_id)).body["fee"]["minor"] == 0
    quote = await house.support(
        f"/fees/quote?kind=transfer&channel=wallet&amount_minor=1000&currency=CNY&user_id={sender.user_id}",
        acting=sender.user_id,
    )
    assert (quote.body["free_remaining"]["minor"], quote.body["fee"]["minor"]) == (0, 10)


async def test_transfers_are_listed_page_by_page_and_shown_to_their_sender_alone(house: House) -> None:
    sender, recipient = await house.user(balance="100"), await house.user()
    made = []
    for _ in range(3):
        made.append((await sender.transfer("1", recipient.user_id)).body)
        house.clock.advance(seconds=1)
    first = (await sender.get("/v1/transfers?limit=2")).body
    second = (await sender.get(f"/v1/transfers?limit=2&cursor={first['next_cursor']}")).body
    assert [*first["items"], *second["items"]] == made[::-1]
    assert (await sender.get(f"/v1/transfers/{made[0]['id']}")).body == made[0]
    assert (await recipient.get(f"/v1/transfers/{made[0]['id']}")).status == 404
    assert (await recipient.get(f"/v1/transfers?cursor={made[0]['id']}")).status == 400


async def test_transfers_need_a_user_and_a_key(house: House) -> None:
    sender = await house.user(balance="100")
    body = {"amount": {"minor": 100, "currency": "CNY"}, "recipient": "nobody"}
    assert (await house.call("POST", "/v1/transfers", json=body)).code == "unauthenticated"
    refused = await house.call("POST", "/v1/transfers", token=sender.token, json=body)
    assert refused.code == "idempotency_key_missing"


async def test_support_sees_transfers_and_withdrawals_together_and_only_on_behalf_of_their_user(house: House) -> None:
    sender, recipient = await house.user(balance="100"), await house.user()
    await sender.transfer("10", recipient.user_id)
    house.clock.advance(seconds=1)
    await sender.withdraw("20", await sender.bind_card())
    path = f"/users/{sender.user_id}/transfers"
    seen = await house.support(path, acting=sender.user_id)
    assert [(item["kind"], item["amount"]["minor"]) for item in seen.body["items"]] == [
        ("withdrawal", 2000),
        ("wallet", 1000),
    ]
    assert [item["kind"] for item in (await house.support(f"{path}?limit=1", acting=sender.user_id)).body["items"]] == [
        "withdrawal"
    ]
    since = house.clock.now.isoformat().replace("+00:00", "Z")
    assert len((await house.support(f"{path}?since={since}", acting=sender.user_id)).body["items"]) == 1
    assert (await house.support(path, acting=recipient.user_id)).status == 403
    assert (await house.support(path, acting=sender.user_id, token="no token")).status == 401


async def contacts(house: House, user_id: str) -> dict[str, str]:
    async with house.stage.wallet.storage.reading() as unit:
        user = await unit.users.get(user_id)
    assert user is not None
    assert user.phone is not None
    assert user.email is not None
    return {"phone": user.phone, "email": user.email}


async def charge_transfers(house: House) -> None:
    rule = FeeRule(FeeKind.TRANSFER, "wallet", Decimal("0.01"), yuan(0), free_quota=yuan(200), condition=None)
    async with house.stage.wallet.storage.writing() as unit:
        await unit.offers.put_fee_rule(rule)
