"""Freezing one's own account, and what only operators do: each on record and told to the user."""

from __future__ import annotations

import pytest

from tests.integration.wallet.authenticator import begin, switch_on
from tests.integration.wallet.house import House, cny
from tests.integration.wallet.operations import operate, parse
from wallet.domain.account_events import Actor, Deed
from wallet.domain.errors import WalletError


async def events_of(house: House, user_id: str) -> list[tuple[Deed, Actor, str | None]]:
    async with house.stage.wallet.storage.reading() as unit:
        return [(event.deed, event.by, event.reason) for event in await unit.account_events.all_of(user_id)]


async def test_who_freezes_himself_moves_nothing_until_an_operator_lifts_it(house: House) -> None:
    user = await house.user(balance="100")
    frozen = await user.post("/v1/me/freeze", {"reason": "phone stolen"})
    assert (frozen.status, frozen.body["id"]) == (200, user.user_id)
    assert (await user.pay("10")).body["cause"] == "account_frozen"
    assert (await house.sign_in(user.user_id)).code == "account_frozen"
    house.clock.advance(minutes=1)
    again = await user.post("/v1/me/freeze", {"reason": "again"})
    assert again.body["frozen_at"] == frozen.body["frozen_at"]

    assert (
        await operate(house, "unfreeze", user.user_id, "--reason", "called back") == f"{user.user_id}: no longer frozen"
    )
    assert (await user.pay("10")).body["status"] == "succeeded"
    assert await events_of(house, user.user_id) == [
        (Deed.FROZEN, Actor.USER, "phone stolen"),
        (Deed.UNFROZEN, Actor.OPERATOR, "called back"),
    ]
    assert await house.mails_to(user.user_id) == ["account_unfrozen", "account_frozen"]


async def test_freezing_oneself_needs_a_reason_and_a_user(house: House) -> None:
    user = await house.user()
    assert (await user.post("/v1/me/freeze")).code == "invalid_request"
    for token in (None, house.settings.support_token):
        refused = await house.call("POST", "/v1/me/freeze", token=token, json={"reason": "x"})
        assert refused.code == "unauthenticated"


async def test_a_freeze_of_the_support_line_is_on_record_as_such(house: House) -> None:
    user = await house.user()
    await house.support(f"/users/{user.user_id}/freeze", "POST", acting=user.user_id)
    assert await events_of(house, user.user_id) == [(Deed.FROZEN, Actor.SUPPORT, None)]


async def test_limits_follow_the_identity_level(house: House) -> None:
    user = await house.user(level=1)
    await operate(house, "identity", user.user_id, "3", "--reason", "saw the passport")
    assert (await user.get("/v1/me")).body["identity_level"] == 3
    assert (await user.get("/v1/limits")).body["per_day_maximum"] == cny("50000")
    await operate(house, "identity", user.user_id, "1")
    assert (await user.get("/v1/limits")).body["per_day"] == cny("2000")
    assert [reason for _, _, reason in await events_of(house, user.user_id)] == ["1 -> 3: saw the passport", "3 -> 1"]
    assert await house.mails_to(user.user_id) == ["identity_level", "identity_level"]


async def test_an_operator_lets_a_user_in_who_has_lost_his_codes(house: House) -> None:
    user = await house.user()
    await switch_on(user)
    await operate(house, "two-factor", user.user_id, "--off", "--reason", "lost phone")
    assert (await begin(house, user.user_id)).status == 201
    assert (await events_of(house, user.user_id))[-1] == (Deed.TWO_FACTOR_OFF, Actor.OPERATOR, "lost phone")
    assert (await house.mails_to(user.user_id))[0] == "two_factor_off"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("unfreeze", "nobody", "--reason", "x"), "no such user"),
        (("unfreeze", "{user}", "--reason", "x"), "the account is not frozen"),
        (("identity", "{user}", "2"), "the identity level is that already"),
        (("two-factor", "{user}", "--off"), "two-factor sign-in is off"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_one_line(house: House, words: tuple[str, ...], says: str) -> None:
    user_id = await house.open_user(level=2)
    with pytest.raises(WalletError, match=says):
        await operate(house, *(word.format(user=user_id) for word in words))
    assert await events_of(house, user_id) == []


@pytest.mark.parametrize(
    "words",
    [
        ("unfreeze", "chen"),
        ("unfreeze", "chen", "--reason", " "),
        ("identity", "chen", "4"),
        ("two-factor", "chen"),
    ],
)
def test_a_command_that_lacks_something_is_not_run(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        parse(*words)


async def test_an_operator_answers_a_refund_in_the_merchants_name_once(house: House) -> None:
    user = await house.user(balance="100")
    granted, rejected = [(await user.pay("10")).body["id"] for _ in range(2)]
    granted, rejected = [(await user.ask_refund(payment)).body["id"] for payment in (granted, rejected)]
    assert await operate(house, "refund", granted, "--grant") == f"{granted}: succeeded"
    assert await operate(house, "refund", rejected, "--reject", "too_late") == f"{rejected}: rejected"
    assert await user.balance() == 9000
    with pytest.raises(WalletError):
        await operate(house, "refund", rejected, "--grant")
