"""The support line: what it may see and do, on whose behalf, and that each call is on record."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.wallet.house import CREDIT_CARD, House, cny
from wallet.contract import payloads
from wallet.contract.encoding import from_json
from wallet.contract.payloads import LocalizedText
from wallet.services.incidents import open_incident
from wallet.storage.engine import open_engine
from wallet.storage.tables.support import support_calls

READS = ["/users/{id}/login-state", "/users/{id}/payments", "/users/{id}/topups", "/users/{id}/limits"]
READS += ["/users/{id}/cards", "/users/{id}/security"]
GENERAL_READS = ["/topup-channels", "/incidents", "/fees/quote?kind=payment&channel=card&amount_minor=1&currency=CNY"]
PROTECTIONS = ["/users/{id}/freeze", "/users/{id}/cards/{card}/freeze", "/users/{id}/password-resets"]


@pytest.mark.parametrize("path", READS)
async def test_nothing_is_read_anonymously_or_for_someone_else(house: House, path: str) -> None:
    user, other = await house.user(), await house.open_user()
    path = path.format(id=user.user_id)
    assert (await house.call("GET", f"/v1/support{path}")).code == "unauthenticated"
    assert (await house.support(path, acting=user.user_id, token=user.token)).code == "unauthenticated"
    assert (await house.support(path, acting=other)).code == "forbidden"
    assert (await house.support(path)).code == "forbidden"
    assert (await house.support(path, acting=user.user_id)).status == 200
    assert (await house.support(path, acting=user.user_id, token=house.settings.support_read_token)).status == 200


@pytest.mark.parametrize("path", READS)
async def test_of_an_unknown_user_there_is_nothing(house: House, path: str) -> None:
    assert (await house.support(path.format(id="nobody"), acting="nobody")).code == "not_found"


@pytest.mark.parametrize("path", GENERAL_READS)
async def test_what_concerns_everyone_needs_a_service_token_and_no_user(house: House, path: str) -> None:
    assert (await house.call("GET", f"/v1/support{path}")).code == "unauthenticated"
    assert (await house.support(path)).status == 200


@pytest.mark.parametrize("path", PROTECTIONS)
async def test_protection_needs_its_own_scope_and_the_user_himself(house: House, path: str) -> None:
    user, other = await house.user(), await house.open_user()
    path = path.format(id=user.user_id, card=await user.bind_card())
    body = {"by": "email"}
    assert (await house.call("POST", f"/v1/support{path}", json=body)).code == "unauthenticated"
    assert (await house.support(path, "POST", acting=other, body=body)).code == "forbidden"
    reader = house.settings.support_read_token
    assert (await house.support(path, "POST", acting=user.user_id, token=reader, body=body)).code == "forbidden"
    assert (await user.get("/v1/me")).body["status"] == "active"
    assert (await house.support(path, "POST", acting=user.user_id, body=body)).status == 200


async def test_the_answers_are_the_payloads_of_the_contract(house: House) -> None:
    user = await house.user(balance="100")
    card_id = await user.bind_card(CREDIT_CARD)
    await user.pay("10", card_id)
    await house.sign_in(user.user_id, "not the password")
    who = f"/users/{user.user_id}"

    async def read(kind: type[Any], path: str) -> Any:
        return from_json(kind, (await house.support(path, acting=user.user_id)).body)

    state = await read(payloads.LoginState, f"{who}/login-state")
    assert (state.failures, state.failures_allowed, [attempt.succeeded for attempt in state.attempts]) == (
        1,
        5,
        [False, True],
    )
    assert (await read(payloads.Limits, f"{who}/limits")).used_today.minor == 1000
    assert (await read(payloads.Security, f"{who}/security")).devices == 1
    for kind, path in (
        (payloads.Payment, f"{who}/payments"),
        (payloads.Topup, f"{who}/topups"),
        (payloads.Card, f"{who}/cards"),
        (payloads.TopupChannel, "/topup-channels"),
    ):
        items = (await house.support(path, acting=user.user_id)).body["items"]
        assert items
        assert all(from_json(kind, item) for item in items)


async def test_movements_are_newest_first_and_no_older_than_asked_for(house: House) -> None:
    user = await house.user(balance="100")
    made = []
    for _ in range(3):
        made.append((await user.pay("1")).body["id"])
        house.clock.advance(minutes=10)
    path = f"/users/{user.user_id}/payments"

    async def ids(query: str) -> list[str]:
        answer = await house.support(f"{path}{query}", acting=user.user_id)
        return [item["id"] for item in answer.body["items"]]

    assert await ids("") == made[::-1]
    assert await ids("?limit=1") == made[2:]
    assert await ids("?since=2026-03-12T04:00:00Z") == made[:0:-1]
    assert await ids("?since=2026-03-12T12:10:00%2B08:00") == made[2:]
    assert await ids("?since=2026-03-12T03:59:59.5z") == made[:0:-1]


@pytest.mark.parametrize("query", ["?since=yesterday", "?since=2026-03-12T04:00:00", "?limit=0", "?limit=many"])
async def test_a_query_that_cannot_be_meant_is_refused(house: House, query: str) -> None:
    user_id = await house.open_user()
    assert (await house.support(f"/users/{user_id}/payments{query}", acting=user_id)).code == "invalid_request"


async def test_freezing_an_account_twice_answers_the_same(house: House) -> None:
    user_id = await house.open_user()
    first = await house.support(f"/users/{user_id}/freeze", "POST", acting=user_id)
    house.clock.advance(hours=1)
    second = await house.support(f"/users/{user_id}/freeze", "POST", acting=user_id)
    assert first.body == second.body == {"id": user_id, "frozen_at": "2026-03-12T03:50:00Z"}
    state = (await house.support(f"/users/{user_id}/login-state", acting=user_id)).body
    assert state["status"] == "frozen"


async def test_a_frozen_card_pays_nothing_and_the_others_do(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    other_card = await user.bind_card(CREDIT_CARD)
    path = f"/users/{user.user_id}/cards/{card_id}/freeze"
    first = await house.support(path, "POST", acting=user.user_id)
    house.clock.advance(minutes=1)
    assert (await house.support(path, "POST", acting=user.user_id)).body == first.body
    assert (await user.pay("10", card_id)).body["cause"] == "card_frozen"
    assert (await user.top_up("10", "bank_card_debit", card_id)).body["cause"] == "card_frozen"
    assert (await user.pay("10", other_card)).body["status"] == "succeeded"


async def test_a_card_of_someone_else_is_not_frozen(house: House) -> None:
    user, other = await house.user(), await house.user()
    path = f"/users/{user.user_id}/cards/{await other.bind_card()}/freeze"
    assert (await house.support(path, "POST", acting=user.user_id)).code == "not_found"


@pytest.mark.parametrize(("by", "masked"), [("email", "o***r@example.com"), ("sms", "139****5678")])
async def test_a_reset_link_goes_to_the_contact_on_file(house: House, by: str, masked: str) -> None:
    user_id = await house.open_user(email="owner@example.com", phone="13912345678")
    answer = await house.support(f"/users/{user_id}/password-resets", "POST", acting=user_id, body={"by": by})
    assert answer.body == {"sent_to": masked, "expires_at": "2026-03-12T04:20:00Z"}
    assert await house.reset_token(user_id) not in answer.text
    state = (await house.support(f"/users/{user_id}/login-state", acting=user_id)).body
    assert state["reset_requested_at"] == "2026-03-12T03:50:00Z"


async def test_no_link_is_sent_to_a_contact_that_is_not_on_file(house: House) -> None:
    user_id = await house.open_user(email=None)
    path = f"/users/{user_id}/password-resets"
    assert (await house.support(path, "POST", acting=user_id, body={"by": "email"})).code == "conflict"
    assert (await house.support(path, "POST", acting=user_id, body={"by": "pigeon"})).code == "invalid_request"


async def test_an_open_incident_shows_on_its_channel(house: House) -> None:
    incident = await open_incident(house.stage.wallet, "bank_transfer", LocalizedText("维护", "maintenance"), None)
    assert [item["id"] for item in (await house.support("/incidents")).body["items"]] == [incident.id]
    channels = (await house.support("/topup-channels")).body["items"]
    concerned = {channel["code"]: channel["incident"] for channel in channels if channel["incident"]}
    assert set(concerned) == {"bank_transfer"}
    assert concerned["bank_transfer"]["what"] == {"zh": "维护", "en": "maintenance"}


async def test_a_quote_knows_what_is_left_of_the_users_free_quota(house: House) -> None:
    user = await house.user()
    await user.top_up("300", "bank_card_credit", await user.bind_card(CREDIT_CARD))
    query = f"?kind=topup&channel=bank_card_credit&amount_minor=100000&currency=CNY&user_id={user.user_id}"
    quote = (await house.support(f"/fees/quote{query}", acting=user.user_id)).body
    assert (quote["free_quota"], quote["free_remaining"], quote["free_covered"]) == (
        cny("1000"),
        cny("700"),
        cny("700"),
    )
    assert (quote["fee"], quote["rate"], quote["resets_at"]) == (cny("1.80"), "0.006", "2026-03-31T16:00:00Z")
    assert (await house.support(f"/fees/quote{query}")).code == "forbidden"


@pytest.mark.parametrize(
    ("kind", "channel", "fee"),
    [
        ("topup", "convenience_store", "1"),
        ("topup", "apple_pay", "2"),
        ("payment", "balance", "0"),
        ("transfer", "bank_card", "0"),
        ("withdrawal", "bank_card", "0.20"),
    ],
)
async def test_a_quote_without_a_user_is_the_fee_without_a_free_quota(
    house: House, kind: str, channel: str, fee: str
) -> None:
    quote = await house.support(f"/fees/quote?kind={kind}&channel={channel}&amount_minor=20000&currency=CNY")
    assert (quote.body["fee"], quote.body["free_remaining"]) == (cny(fee), None)


async def test_a_quote_for_an_unknown_channel_is_not_found(house: House) -> None:
    path = "/fees/quote?kind=topup&channel=pigeon&amount_minor=1&currency=CNY"
    assert (await house.support(path)).code == "not_found"


@pytest.mark.parametrize(
    "query",
    [
        "kind=gift&channel=card&amount_minor=1&currency=CNY",
        "kind=payment&channel=card&amount_minor=1.5&currency=CNY",
        "kind=payment&channel=card&amount_minor=1&currency=USD",
        "kind=payment&channel=card&amount_minor=1",
    ],
)
async def test_a_quote_that_cannot_be_meant_is_refused(house: House, query: str) -> None:
    assert (await house.support(f"/fees/quote?{query}")).code == "invalid_request"


async def test_every_call_is_on_record_also_the_refused_ones(house: House) -> None:
    user_id = await house.open_user()
    headers = {"X-On-Behalf-Of": user_id, "X-Request-ID": "call-1"}
    await house.call(
        "GET", f"/v1/support/users/{user_id}/limits", token=house.settings.support_read_token, headers=headers
    )
    await house.support(f"/users/{user_id}/freeze", "POST", acting="someone else")
    await house.support("/incidents")
    engine = open_engine(house.settings.database_url)
    async with engine.connect() as connection:
        rows = (await connection.execute(select(support_calls).order_by(support_calls.c.id))).all()
    await engine.dispose()
    assert [(row.token_name, row.acting_user, row.endpoint, row.target, row.allowed) for row in rows] == [
        ("support-read", user_id, "GET /v1/support/users/<user_id:str>/limits", user_id, True),
        ("support", "someone else", "POST /v1/support/users/<user_id:str>/freeze", user_id, False),
        ("support", None, "GET /v1/support/incidents", None, True),
    ]
    assert (rows[0].request_id, rows[0].at) == ("call-1", house.clock.now)
