"""The demo users are in the states they stand for, and seeding again disturbs nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.wallet.house import House, cny
from wallet.demo.people import PASSWORD as DEMO_PASSWORD
from wallet.demo.scenarios import load_scenarios
from wallet.demo.seed import seed

ALL = ["chen", "li", "wang", "sun", "qian", "zhou", "he", "wu", "ma", "lin", "gao", "tang", "luo", "zhao"]

HOUSE = ("house:clearing", "house:merchants", "house:fees", "house:withdrawals", "house:refunds")
EVERYTHING = ("payments", "topups", "transfers", "refunds", "cards", "limits", "security")


async def read(house: House, user_id: str, what: str) -> Any:
    body = (await house.support(f"/users/{user_id}/{what}", acting=user_id)).body
    return body.get("items", body)


async def everything_of(house: House, user_id: str) -> list[Any]:
    return [await read(house, user_id, what) for what in EVERYTHING]


async def latest(house: House, user_id: str, what: str = "payments") -> tuple[Any, ...]:
    item = (await read(house, user_id, what))[0]
    return item["amount"], item.get("merchant") or item["channel"], item["status"], item["cause"]


async def test_chen_has_used_up_his_daily_limit(house: House) -> None:
    user_id = await house.demo_user("chen")
    assert await latest(house, user_id) == (cny("500"), "城市超市", "declined", "over_daily_limit")
    limits = await read(house, user_id, "limits")
    assert (limits["per_day"], limits["used_today"]) == (cny("2000"), cny("1800"))
    assert limits["per_day_maximum"] == cny("10000")


async def test_chen_pays_once_he_has_raised_his_limit(house: House) -> None:
    chen = await house.signed_in(await house.demo_user("chen"), DEMO_PASSWORD)
    assert (await chen.put("/v1/limits", {"per_day": cny("5000")})).status == 200
    assert (await chen.pay("500")).body["status"] == "succeeded"


async def test_lis_card_has_expired_and_works_again_with_its_new_date(house: House) -> None:
    user_id = await house.demo_user("li")
    assert await latest(house, user_id) == (cny("128.50"), "蓝山咖啡", "declined", "card_expired")
    (card,) = await read(house, user_id, "cards")
    assert (card["state"], card["expires"]) == ("expired", "2026-02-28")
    li = await house.signed_in(user_id, DEMO_PASSWORD)
    assert (await li.patch(f"/v1/cards/{card['id']}", {"expires": "2031-02"})).body["state"] == "active"
    assert (await li.pay("128.50", card["id"])).body["status"] == "succeeded"


async def test_wang_is_locked_out_and_has_confirmed_contacts(house: House) -> None:
    user_id = await house.demo_user("wang")
    state, security = await read(house, user_id, "login-state"), await read(house, user_id, "security")
    assert (state["status"], state["failures"]) == ("locked", 5)
    assert (security["email_confirmed"], security["phone_confirmed"]) == (True, True)
    assert (await house.sign_in(user_id, DEMO_PASSWORD)).code == "account_locked"


async def test_zhaos_topup_met_an_incident_that_a_second_one_shares(house: House) -> None:
    user_id = await house.demo_user("zhao")
    assert await latest(house, user_id, "topups") == (cny("300"), "bank_transfer", "declined", "channel_down")
    await house.demo_user("zhao")
    (incident,) = (await house.support("/incidents")).body["items"]
    assert (incident["channel"], incident["expected_end"]) == ("bank_transfer", "2026-03-12T10:00:00Z")


async def test_the_result_of_suns_payment_is_unknown(house: House) -> None:
    user_id = await house.demo_user("sun")
    assert await latest(house, user_id) == (cny("899"), "绿洲电器", "unknown", "result_unknown")


async def test_qians_payment_was_declined_for_a_reason_he_is_not_told(house: House) -> None:
    user_id = await house.demo_user("qian")
    assert await latest(house, user_id) == (cny("2300"), "环球数码", "declined", "risk_declined")
    qian = await house.signed_in(user_id, DEMO_PASSWORD)
    assert (await qian.get("/v1/payments")).body["items"][0]["cause"] == "issuer_declined"


async def test_a_device_zhou_does_not_know_paid_at_night(house: House) -> None:
    user_id = await house.demo_user("zhou")
    night, *others = await read(house, user_id, "payments")
    assert (night["amount"], night["merchant"], night["status"]) == (cny("1688"), "星际游戏充值", "succeeded")
    assert night["created_at"].startswith("2026-03-11T18:40")
    assert {payment["device"] for payment in others} == {"周杰的手机"}
    assert night["device"] != "周杰的手机"
    assert (await read(house, user_id, "security"))["devices"] == 2


async def test_hes_card_is_empty(house: House) -> None:
    user_id = await house.demo_user("he")
    assert await latest(house, user_id) == (cny("460"), "安心药房", "declined", "insufficient_funds")


async def test_all_is_well_with_wu_and_part_of_the_free_quota_is_used(house: House) -> None:
    user_id = await house.demo_user("wu")
    movements = await read(house, user_id, "payments") + await read(house, user_id, "topups")
    assert {movement["status"] for movement in movements} == {"succeeded"}
    assert not (await read(house, user_id, "security"))["two_factor"]
    query = f"kind=topup&channel=bank_card_credit&amount_minor=100&currency=CNY&user_id={user_id}"
    quote = (await house.support(f"/fees/quote?{query}", acting=user_id)).body
    assert quote["free_remaining"] == cny("700")


async def test_mas_card_is_of_a_kind_the_channel_does_not_take(house: House) -> None:
    user_id = await house.demo_user("ma")
    assert await latest(house, user_id, "topups") == (cny("200"), "bank_card_debit", "declined", "channel_unsupported")


async def test_lin_sent_money_to_a_number_nobody_has(house: House) -> None:
    user_id = await house.demo_user("lin")
    (sent,) = await read(house, user_id, "transfers")
    assert (sent["amount"], sent["status"], sent["cause"]) == (cny("200"), "declined", "recipient_not_found")


async def test_luo_sends_nothing_before_she_has_proven_who_she_is(house: House) -> None:
    user_id = await house.demo_user("luo")
    (sent,) = await read(house, user_id, "transfers")
    assert (sent["amount"], sent["status"], sent["cause"]) == (cny("300"), "declined", "identity_incomplete")
    luo = await house.signed_in(user_id, DEMO_PASSWORD)
    papers = (await house.call("POST", "/v1/dev/papers", json={"user_id": user_id})).body
    proof = {"level": 2, "name": papers["name"], "id_number": papers["id_number"]}
    assert (await luo.post("/v1/identity", proof)).status == 200
    assert (await luo.transfer("300", await house.open_user())).body["status"] == "succeeded"
    assert (await luo.post("/v1/identity", {"level": 3})).status == 200


async def test_a_demo_user_who_rose_begins_below_again(house: House) -> None:
    await seed(house.stage)
    luo = await house.signed_in("luo", DEMO_PASSWORD)
    for _ in range(2):
        papers = (await house.call("POST", "/v1/dev/papers", json={"user_id": "luo"})).body
        proof = {"level": 2, "name": papers["name"], "id_number": papers["id_number"]}
        assert (await luo.post("/v1/identity", proof)).status == 200
        house.clock.advance(minutes=1)
        assert await seed(house.stage) == ["luo"]
        assert (await luo.get("/v1/me")).body["identity_level"] == 1


async def test_gao_waits_for_a_withdrawal_and_has_used_his_free_quota(house: House) -> None:
    user_id = await house.demo_user("gao")
    waiting, arrived = await read(house, user_id, "transfers")
    assert (waiting["amount"], waiting["status"], waiting["cause"]) == (cny("800"), "unknown", "result_unknown")
    assert (arrived["status"], arrived["fee"], waiting["fee"]) == ("succeeded", cny("0"), cny("0.80"))


async def test_tang_waits_for_one_refund_and_was_refused_another(house: House) -> None:
    user_id = await house.demo_user("tang")
    waiting, refused = await read(house, user_id, "refunds")
    assert (waiting["merchant"], waiting["status"], waiting["reason"]) == ("云步鞋店", "requested", "faulty")
    assert (refused["merchant"], refused["status"], refused["rejection"]) == ("晨光文具", "rejected", "used")


async def test_a_refund_the_merchant_has_answered_is_asked_for_again(house: House) -> None:
    await seed(house.stage)
    (waiting, _refused) = await read(house, "tang", "refunds")
    await house.call("POST", "/v1/dev/refund-decisions", json={"refund_id": waiting["id"], "rejection": None})
    house.clock.advance(minutes=1)
    assert await seed(house.stage) == ["tang"]
    assert "requested" in {refund["status"] for refund in await read(house, "tang", "refunds")}


async def test_an_unknown_scenario_is_not_found(house: House) -> None:
    assert (await house.call("POST", "/v1/dev/demo-users", json={"scenario": "nobody"})).code == "not_found"


async def test_seeding_twice_on_a_day_changes_nothing(house: House) -> None:
    assert await seed(house.stage) == ALL
    before = [await everything_of(house, name) for name in ALL]
    house.clock.advance(minutes=30)
    assert await seed(house.stage) == []
    assert before == [await everything_of(house, name) for name in ALL]


@pytest.mark.parametrize("span", [{"days": 1}, {"days": 25}, {"hours": 12, "minutes": 11}])
async def test_on_a_new_day_every_promise_holds_again(house: House, span: dict[str, int]) -> None:
    await seed(house.stage)
    house.clock.advance(**span)
    arranged = await seed(house.stage)
    assert {"chen", "li", "sun", "qian", "he", "ma", "lin", "zhao"} <= set(arranged)
    assert await seed(house.stage) == []
    assert await latest(house, "chen") == (cny("500"), "城市超市", "declined", "over_daily_limit")
    assert (await read(house, "chen", "limits"))["used_today"] == cny("1800")


async def test_what_a_visitor_changed_is_put_back(house: House) -> None:
    await seed(house.stage)
    chen = await house.signed_in("chen", DEMO_PASSWORD)
    raised = await chen.put("/v1/limits", {"per_day": cny("9000"), "password": DEMO_PASSWORD})
    assert raised.body["per_day"] == cny("9000")
    await house.support("/users/he/freeze", "POST", acting="he")
    (card,) = await read(house, "qian", "cards")
    await house.support(f"/users/qian/cards/{card['id']}/freeze", "POST", acting="qian")
    house.clock.advance(minutes=1)
    await house.call("POST", "/v1/password-resets", json={"login": "wang"})
    token = await house.reset_token("wang")
    await house.call("POST", "/v1/password-resets/confirm", json={"token": token, "new_password": "my own password"})
    house.clock.advance(minutes=1)

    assert set(await seed(house.stage)) == {"chen", "he", "qian", "wang"}
    assert await seed(house.stage) == []
    assert (await read(house, "chen", "limits"))["per_day"] == cny("2000")
    assert (await house.sign_in("he", DEMO_PASSWORD)).status == 201
    assert (await house.sign_in("wang", DEMO_PASSWORD)).code == "account_locked"


async def test_a_lock_that_lapsed_is_locked_again(house: House) -> None:
    await seed(house.stage)
    house.clock.advance(hours=25)
    assert "wang" in await seed(house.stage)
    assert (await house.sign_in("wang", DEMO_PASSWORD)).code == "account_locked"


async def test_an_overdue_incident_makes_room_for_a_new_one(house: House) -> None:
    await seed(house.stage)
    (before,) = (await house.support("/incidents")).body["items"]
    house.clock.advance(hours=7)
    assert "zhao" in await seed(house.stage)
    (after,) = (await house.support("/incidents")).body["items"]
    assert before["id"] != after["id"]


@pytest.mark.parametrize("scenario", list(load_scenarios()))
async def test_the_books_balance_after_every_scenario(house: House, scenario: str) -> None:
    user_id = await house.demo_user(scenario)
    async with house.stage.wallet.storage.reading() as unit:
        accounts = [f"user:{user_id}", *HOUSE]
        assert sum([(await unit.ledger.balance(account)).minor for account in accounts]) == 0
        assert (await unit.ledger.balance(accounts[0])).minor >= 0
