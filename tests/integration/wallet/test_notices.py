"""What matters for safety is told to the user at once, through every contact he has."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.wallet.house import House


async def told(house: House, user_id: str, kind: str) -> list[Any]:
    items = await house.messages_to(user_id)
    return sorted((item for item in items if item["kind"] == kind), key=lambda item: str(item["medium"]))


async def test_a_changed_password_is_told_by_mail_and_by_text_message(house: House) -> None:
    user_id = await house.open_user(email="owner@example.com", phone="13912345678")
    await house.call("POST", "/v1/password-resets", json={"login": user_id})
    body = {"token": await house.reset_token(user_id), "new_password": "another right password"}
    assert await told(house, user_id, "password_changed") == []
    await house.call("POST", "/v1/password-resets/confirm", json=body)
    mail, text = await told(house, user_id, "password_changed")
    assert (mail["to"], text["to"]) == ("owner@example.com", "13912345678")
    assert (mail["link"], text["link"]) == (None, None)
    assert "2026-03-12 11:50" in mail["body"]
    assert "another right password" not in mail["body"] + text["body"]


async def test_a_password_that_stays_is_not_told_of(house: House) -> None:
    user_id = await house.open_user()
    await house.call("POST", "/v1/password-resets", json={"login": user_id})
    body = {"token": await house.reset_token(user_id), "new_password": "short"}
    assert (await house.call("POST", "/v1/password-resets/confirm", json=body)).status == 422
    assert await told(house, user_id, "password_changed") == []


@pytest.mark.parametrize(("language", "word"), [("zh", "冻结"), ("en", "frozen")])
async def test_a_frozen_account_is_told_once_in_the_users_language(house: House, language: str, word: str) -> None:
    user_id = await house.open_user(language=language)
    for _ in range(2):
        await house.support(f"/users/{user_id}/freeze", "POST", acting=user_id)
    messages = await told(house, user_id, "account_frozen")
    assert [message["medium"] for message in messages] == ["email", "sms"]
    assert [word in message["body"] for message in messages] == [True, True]


async def test_a_frozen_card_is_told_by_its_last_digits_to_its_owner_alone(house: House) -> None:
    user, other = await house.user(), await house.user()
    card_id = await user.bind_card()
    await house.support(f"/users/{other.user_id}/cards/{card_id}/freeze", "POST", acting=other.user_id)
    assert await told(house, user.user_id, "card_frozen") == []
    await house.support(f"/users/{user.user_id}/cards/{card_id}/freeze", "POST", acting=user.user_id)
    assert ["0304" in message["body"] for message in await told(house, user.user_id, "card_frozen")] == [True, True]
    assert await told(house, other.user_id, "card_frozen") == []


async def test_a_user_without_contact_is_frozen_all_the_same(house: House) -> None:
    user_id = await house.open_user(email=None, phone=None)
    assert (await house.support(f"/users/{user_id}/freeze", "POST", acting=user_id)).status == 200
