"""Raising a limit far takes the password, which the page asks for when it is needed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

NEEDED = {"zh": "调到这么高需要输入密码", "en": "Raising a limit this far takes your password"}


def test_a_limit_is_raised_far_with_the_password_and_a_little_without(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    wallet = wallet_page(chen, language)
    wallet.raise_daily_limit("5000")
    password = wallet.part("limits-form").locator("[name=password]")
    expect(password).to_be_hidden()
    wallet.send("limits-form", per_day="10000")
    expect(wallet.result).to_have_attribute("data-status", "password_required")
    expect(wallet.result).to_contain_text(NEEDED[language])
    expect(password).to_be_focused()
    wallet.forget_result()
    wallet.send("limits-form", password="not the password")
    expect(wallet.result).to_have_attribute("data-status", "password_required")
    wallet.forget_result()
    wallet.send("limits-form", password=chen.password)
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    expect(password).to_be_hidden()
    expect(password).to_have_value("")
    assert chen.as_user("GET", "/v1/limits")["per_day"]["minor"] == 1_000_000
