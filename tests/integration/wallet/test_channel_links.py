"""Who is writing on a messaging channel: proven by a link to the contact on file, and by nothing else."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from tests.integration.wallet.house import Answer, House, Start
from wallet.settings import Settings

PATH = "/channel-links"


async def ask(house: House, login: str, writer: str = "writer-1", channel: str = "wechat") -> Answer:
    body = {"login": login, "channel": channel, "channel_user": writer}
    return await house.support(PATH, "POST", body=body)


async def look(house: House, link_id: str) -> Any:
    answer = await house.support(f"{PATH}/{link_id}")
    assert answer.status == 200, answer.text
    return answer.body


async def sent(house: House, user_id: str) -> list[Any]:
    items = await house.messages_to(user_id)
    return [item for item in items if item["kind"] == "channel_link"]


async def token_of(house: House, user_id: str) -> str:
    return str((await sent(house, user_id))[0]["link"]).partition("token=")[2]


async def open_page(house: House, token: str, language: str = "en") -> Answer:
    return await house.call("GET", f"/link-channel?token={token}", headers={"Accept-Language": language})


async def enter(house: House, token: str, number: str) -> Answer:
    form = {"token": token, "number": number}
    return await house.call("POST", "/link-channel", data=form, headers={"Accept-Language": "en"})


def another(number: str) -> str:
    return "10" if number == "99" else str(int(number) + 1)


async def test_a_user_proves_who_he_is_by_typing_the_number_of_his_conversation(house: House) -> None:
    user_id = await house.open_user(phone="13912345678")
    asked = (await ask(house, "13912345678")).body
    pending = await look(house, asked["id"])
    assert (pending["state"], pending["user_id"]) == ("pending", None)
    page = await enter(house, await token_of(house, user_id), asked["number"])
    assert (page.status, "<h1>Confirmed</h1>" in page.text) == (200, True)
    assert await look(house, asked["id"]) == {
        "id": asked["id"],
        "channel": "wechat",
        "channel_user": "writer-1",
        "state": "confirmed",
        "user_id": user_id,
        "expires_at": asked["expires_at"],
    }


async def test_an_unknown_login_is_answered_alike_now_and_later(house: House) -> None:
    known, unknown = await ask(house, await house.open_user()), await ask(house, "nobody@example.com", "writer-2")
    assert known.status == unknown.status == 202
    assert set(known.body) == set(unknown.body) == {"id", "number", "expires_at"}
    assert len(known.text) == len(unknown.text)
    assert known.body["expires_at"] == unknown.body["expires_at"]
    states = [(await look(house, answer.body["id"]))["state"] for answer in (known, unknown)]
    house.clock.advance(minutes=15)
    states += [(await look(house, answer.body["id"]))["state"] for answer in (known, unknown)]
    assert states == ["pending", "pending", "expired", "expired"]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_conversation_alone_shows_the_number(house: House, language: str) -> None:
    user_id = await house.open_user(language=language)
    await ask(house, user_id)
    (message,) = await sent(house, user_id)
    assert message["link"].startswith("http://127.0.0.1:5100/link-channel?token=")
    token = await token_of(house, user_id)
    page = await open_page(house, token, language)
    # The minutes it lasts are the only number.
    assert re.findall(r"\d+", message["body"].replace(message["link"], "")) == ["15"]
    assert re.findall(r"\d\d+", unescape(page.text).replace(token, "")) == []
    name = {"zh": "微信", "en": "WeChat"}[language]
    assert [name in text for text in (message["body"], page.text)] == [True, True]


async def test_a_wrong_number_confirms_nothing_and_the_third_ends_the_link(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    token, wrong = await token_of(house, user_id), another(asked["number"])
    pages = [await enter(house, token, typed) for typed in ("", wrong)]
    assert [(page.status, "not the number your conversation shows" in page.text) for page in pages] == [(422, True)] * 2
    assert (await look(house, asked["id"]))["state"] == "pending"
    third, right = await enter(house, token, wrong), await enter(house, token, asked["number"])
    assert [(page.status, "typed too often" in page.text) for page in (third, right)] == [(400, True)] * 2
    assert (await look(house, asked["id"]))["state"] == "expired"


async def test_a_number_is_understood_as_a_chinese_keyboard_writes_it(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    wide = asked["number"].translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert (await enter(house, await token_of(house, user_id), f" {wide}")).status == 200


async def test_only_the_newest_link_of_a_writer_counts_whoever_it_was_for(house: House) -> None:
    user_id = await house.open_user()
    first = (await ask(house, user_id)).body
    old = await token_of(house, user_id)
    other = (await ask(house, user_id, "writer-2")).body
    await ask(house, "nobody@example.com")
    assert [(await look(house, each["id"]))["state"] for each in (first, other)] == ["expired", "pending"]
    assert (await enter(house, old, first["number"])).status == 400


async def test_a_confirmed_link_stays_when_its_writer_asks_for_another(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    await enter(house, await token_of(house, user_id), asked["number"])
    await ask(house, user_id)
    assert (await look(house, asked["id"]))["user_id"] == user_id


async def test_a_confirmation_is_told_through_every_contact(house: House) -> None:
    user_id = await house.open_user(email="owner@example.com", phone="13912345678", language="en")
    asked = (await ask(house, user_id)).body
    await enter(house, await token_of(house, user_id), asked["number"])
    told = [item for item in await house.messages_to(user_id) if item["kind"] == "channel_linked"]
    assert sorted(item["medium"] for item in told) == ["email", "sms"]
    assert all("WeChat" in item["body"] and "contact support" in item["body"].lower() for item in told)


async def test_opening_the_link_confirms_nothing_however_often_it_is_previewed(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    token = await token_of(house, user_id)
    pages = [await open_page(house, token) for _ in range(3)]
    head = await house.call("HEAD", f"/link-channel?token={token}")
    assert ([page.status for page in pages], head.status) == ([200] * 3, 405)
    assert (await look(house, asked["id"]))["state"] == "pending"
    assert (await enter(house, token, asked["number"])).status == 200


async def test_the_page_runs_no_scripts_and_leaks_no_token(house: House) -> None:
    user_id = await house.open_user()
    await ask(house, user_id)
    page = await open_page(house, await token_of(house, user_id))
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")


async def test_a_link_is_confirmed_once_even_at_once(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    token = await token_of(house, user_id)
    pages = await asyncio.gather(*(enter(house, token, asked["number"]) for _ in range(5)))
    assert sorted(page.status for page in pages) == [200, 400, 400, 400, 400]
    assert "was used already" in (await open_page(house, token)).text


async def test_a_link_ends_after_a_quarter_of_an_hour(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    house.clock.advance(minutes=15)
    assert (await enter(house, await token_of(house, user_id), asked["number"])).status == 400
    assert await look(house, asked["id"]) | {"channel": ""} == {
        "id": asked["id"],
        "channel": "",
        "channel_user": "writer-1",
        "state": "expired",
        "user_id": None,
        "expires_at": asked["expires_at"],
    }


async def test_a_confirmed_link_tells_its_user_for_an_hour(house: House) -> None:
    user_id = await house.open_user()
    asked = (await ask(house, user_id)).body
    await enter(house, await token_of(house, user_id), asked["number"])
    house.clock.advance(minutes=59)
    assert (await look(house, asked["id"]))["user_id"] == user_id
    house.clock.advance(minutes=1)
    late = await look(house, asked["id"])
    assert (late["state"], late["user_id"]) == ("expired", None)


@pytest.mark.parametrize("token", ["", "guessed", "%22%3E%3Cscript%3E"])
async def test_a_token_nobody_was_sent_is_refused(house: House, token: str) -> None:
    page, pressed = await open_page(house, token), await enter(house, token, "47")
    assert (page.status, pressed.status) == (400, 400)
    assert "<script" not in page.text + pressed.text


async def test_the_token_of_a_reset_link_confirms_no_channel(house: House) -> None:
    user_id = await house.open_user()
    await house.call("POST", "/v1/password-resets", json={"login": user_id})
    assert (await enter(house, await house.reset_token(user_id), "47")).status == 400


async def test_a_user_without_any_contact_is_sent_nothing(house: House) -> None:
    user_id = await house.open_user(email=None, phone=None)
    asked = await ask(house, user_id)
    assert (asked.status, await sent(house, user_id)) == (202, [])


async def test_an_account_and_a_writer_are_asked_about_only_so_often(settings: Settings, start: Start) -> None:
    few = replace(settings, attempts_per_account=2, attempts_per_address=3)
    async with start(few) as house:
        user_id = await house.open_user(email="owner@example.com")
        # However the account is called, and whoever asks.
        answers = [
            await ask(house, login, f"w{login}") for login in (user_id, "owner@example.com", "OWNER@example.com")
        ]
        assert [answer.status for answer in answers] == [202, 202, 429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        unknown = [await ask(house, "nobody", f"x{number}") for number in range(3)]
        assert [answer.status for answer in unknown] == [202, 202, 429]
        guesses = [await ask(house, f"guess-{number}", "one writer") for number in range(4)]
        assert [answer.status for answer in guesses] == [202, 202, 202, 429]
        pressed = [await enter(house, "guessed", "47") for _ in range(4)]
        assert [page.status for page in pressed] == [400, 400, 400, 429]


async def test_only_the_support_line_may_ask_and_look(house: House) -> None:
    body = {"login": "chen", "channel": "wechat", "channel_user": "writer-1"}
    user = await house.user()
    for token in (None, user.token, "made up"):
        assert (await house.call("POST", f"/v1/support{PATH}", token=token, json=body)).status == 401
        assert (await house.call("GET", f"/v1/support{PATH}/link_1", token=token)).status == 401
    read_only = house.settings.support_read_token
    assert (await house.support(PATH, "POST", token=read_only, body=body)).code == "forbidden"
    assert (await house.support(f"{PATH}/link_1", token=read_only)).code == "not_found"


@pytest.mark.parametrize("missing", ["login", "channel", "channel_user"])
async def test_what_is_missing_is_named(house: House, missing: str) -> None:
    body = {"login": "chen", "channel": "wechat", "channel_user": "writer-1"}
    answer = await house.support(PATH, "POST", body={name: text for name, text in body.items() if name != missing})
    assert (answer.code, answer.body["details"]) == ("invalid_request", {"field": missing})


@pytest.mark.parametrize("channel", ["WeChat", "we chat", "微信", "1x", "x" * 33, "{0}"])
async def test_a_channel_has_a_plain_name(house: House, channel: str) -> None:
    assert (await ask(house, "chen", channel=channel)).code == "invalid_request"
