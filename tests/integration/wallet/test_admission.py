"""Who gets in where, for every operation that is described: one that nobody has thought about fails here."""

from __future__ import annotations

from dataclasses import replace

import jwt
import pytest

from tests.integration.wallet.admission import OWN_ACCOUNT, OWN_THING, WRONG_USER, Call, calls
from tests.integration.wallet.house import Answer, House, Start
from wallet.settings import Settings

FOR_USERS = [call for call in calls() if call.is_for_users]
FOR_SUPPORT = [call for call in calls() if call.scope]
FOR_ANYONE = [call for call in calls() if not call.is_for_users and not call.scope]


async def send(house: House, call: Call, token: str | None = None, **headers: str) -> Answer:
    return await house.call(call.method, call.path, token=token, headers={**call.headers, **headers}, **_body(call))


def _body(call: Call) -> dict[str, object]:
    return {} if call.body is None else {"json": call.body}


async def admitted(house: House, wanted: list[Call], code: str, token: str | None, **headers: str) -> list[str]:
    """The operations that did not refuse with this code."""
    answers = [(call, await send(house, call, token, **headers)) for call in wanted]
    return [
        f"{call.name}: {answer.status}"
        for call, answer in answers
        if not isinstance(answer.body, dict) or answer.body.get("code") != code
    ]


def test_every_operation_of_users_is_in_the_table_of_whose_it_is() -> None:
    assert set(WRONG_USER) == {call.name for call in FOR_USERS}


def test_there_are_operations_of_each_kind() -> None:
    assert min(len(FOR_USERS), len(FOR_SUPPORT), len(FOR_ANYONE)) > 5


async def test_nobody_gets_in_without_a_token(house: House) -> None:
    assert await admitted(house, FOR_USERS + FOR_SUPPORT, "unauthenticated", None) == []


@pytest.mark.parametrize("kind", ["forged", "unsigned", "expired", "of support", "a reading one", "a hotline's"])
async def test_no_user_gets_in_with_a_token_that_is(house: House, kind: str) -> None:
    user, now = await house.user(), house.clock()
    valid = jwt.decode(user.token, options={"verify_signature": False})
    old = {**valid, "exp": int(now.timestamp()) - 1}
    tokens = {
        "forged": jwt.encode(valid, "another secret than that of the wallet", algorithm="HS256"),
        "unsigned": jwt.encode(valid, None, algorithm="none"),
        "expired": jwt.encode(old, house.settings.token_secret, algorithm="HS256"),
        "of support": house.settings.support_token,
        "a reading one": house.settings.support_read_token,
        "a hotline's": (await user.post("/v1/support-tokens")).body["token"],
    }
    assert await admitted(house, FOR_USERS, "unauthenticated", tokens[kind]) == []
    accepted = jwt.encode(valid, house.settings.token_secret, algorithm="HS256")
    assert (await house.call("GET", "/v1/me", token=accepted)).status == 200


async def test_support_endpoints_are_closed_to_users_and_to_made_up_tokens(house: House) -> None:
    user = await house.user()
    unsigned = jwt.encode({"sub": "support", "scope": "support:read"}, None, algorithm="none")
    for token in (user.token, unsigned, house.settings.support_token[:-1]):
        assert await admitted(house, FOR_SUPPORT, "unauthenticated", token) == []


async def test_a_reading_token_protects_nobody(house: House) -> None:
    protecting = [call for call in FOR_SUPPORT if call.scope == "support:protect"]
    assert len(protecting) >= 3
    assert await admitted(house, protecting, "forbidden", house.settings.support_read_token) == []


async def test_support_asks_about_a_user_for_him_alone(house: House) -> None:
    about_users, token = [call for call in FOR_SUPPORT if call.names_a_user], house.settings.support_token
    assert len(about_users) >= 9
    assert await admitted(house, about_users, "forbidden", token, **{"X-On-Behalf-Of": "somebody-else"}) == []
    nameless = [replace(call, headers={}) for call in about_users]
    assert await admitted(house, nameless, "forbidden", token) == []


async def test_somebody_elses_things_are_not_there_for_a_user(house: House) -> None:
    owner, other = await house.user("100"), await house.user()
    card_id = await owner.bind_card()
    payment, topup = (await owner.pay("1")).body["id"], (await owner.top_up("1")).body["id"]
    device = (await owner.get("/v1/devices")).body["items"][0]["id"]
    transfer = (await owner.transfer("1", other.user_id)).body["id"]
    withdrawal = (await owner.withdraw("1", card_id)).body["id"]
    refund = (await owner.ask_refund(payment, amount="0.50")).body["id"]
    made = {"payment_id": payment, "topup_id": topup, "transfer_id": transfer, "withdrawal_id": withdrawal}
    theirs = calls(card_id=card_id, device_id=device, refund_id=refund, **made)
    things = [call for call in theirs if WRONG_USER.get(call.name) == OWN_THING]
    assert not [call.name for call in things if "nothing" in call.path], "make one of it for its owner above"
    assert await admitted(house, things, "not_found", other.token) == []
    for call in things:
        assert (await send(house, call, owner.token)).status != 404, call.name


async def test_what_is_about_the_caller_names_nobody_in_its_path(house: House) -> None:
    own = [call for call in FOR_USERS if WRONG_USER.get(call.name) == OWN_ACCOUNT]
    assert not [call.name for call in own if "nothing" in call.path]


async def test_every_operation_refuses_who_calls_too_often(settings: Settings, start: Start) -> None:
    few = replace(settings, attempts_per_address=1, calls_per_user=1, calls_per_service=1)
    async with start(few) as house:
        missed = []
        for call in [call for call in calls() if call.is_limited]:
            house.clock.advance(minutes=2)
            token = await _token_for(house, call)
            house.clock.advance(minutes=2)
            await send(house, call, token)
            refused = await send(house, call, token)
            if (refused.status, refused.headers.get("Retry-After")) != (429, "60"):
                missed.append(f"{call.name}: {refused.status}")
    assert missed == []


def test_only_health_figures_and_development_may_be_called_without_end() -> None:
    unlimited = {call.path.partition("?")[0] for call in calls() if not call.is_limited}
    assert {path for path in unlimited if not path.startswith("/v1/dev/")} == {"/health", "/metrics"}


async def _token_for(house: House, call: Call) -> str | None:
    if call.is_for_users:
        return (await house.signed_in(await house.open_user())).token
    return house.settings.support_token if call.scope else None
