"""The page behind a reset link."""

from __future__ import annotations

import pytest

from tests.integration.wallet.house import Answer, House

NEW_PASSWORD = "another right password"


async def open_page(house: House, language: str = "zh-CN,zh;q=0.9") -> Answer:
    return await house.call("GET", "/reset-password?token=abc", headers={"Accept-Language": language})


async def submit(house: House, token: str, password: str, repeated: str) -> Answer:
    form = {"token": token, "new_password": password, "repeated_password": repeated}
    return await house.call("POST", "/reset-password", data=form, headers={"Accept-Language": "en"})


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh-CN,en;q=0.5", "设置新密码"),
        ("fr,en-GB;q=0.8", "Set a new password"),
        ("fr", "设置新密码"),
        ("", "设置新密码"),
    ],
)
async def test_the_page_is_in_the_readers_language(house: House, language: str, title: str) -> None:
    page = await open_page(house, language)
    assert (page.status, f"<title>{title}</title>" in page.text) == (200, True)


async def test_the_page_runs_no_scripts_and_leaks_no_token(house: House) -> None:
    page = await open_page(house)
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")


async def test_a_token_with_markup_stays_text(house: House) -> None:
    page = await house.call("GET", "/reset-password?token=%22%3E%3Cscript%3E")
    assert "<script" not in page.text


async def test_the_style_of_the_page_is_served(house: House) -> None:
    style = await house.call("GET", "/reset-password.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")


async def test_the_form_sets_the_new_password(house: House) -> None:
    user_id = await house.open_user()
    await house.call("POST", "/v1/password-resets", json={"login": user_id})
    page = await submit(house, await house.reset_token(user_id), NEW_PASSWORD, NEW_PASSWORD)
    assert (page.status, "Your new password is saved" in page.text) == (200, True)
    assert (await house.sign_in(user_id, NEW_PASSWORD)).status == 201


async def test_the_form_says_what_is_wrong(house: House) -> None:
    user_id = await house.open_user()
    await house.call("POST", "/v1/password-resets", json={"login": user_id})
    token = await house.reset_token(user_id)
    assert "The two passwords differ" in (await submit(house, token, NEW_PASSWORD, "something else")).text
    assert "cannot be used" in (await submit(house, token, "short", "short")).text
    assert "has expired or was used" in (await submit(house, "guessed", NEW_PASSWORD, NEW_PASSWORD)).text
    assert (await house.sign_in(user_id)).status == 201
