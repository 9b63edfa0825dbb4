"""The demo's page around the widget: help before sign-in, names that are markup, the bot away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

MARKUP = "<img src=x onerror=alert(1)>"


def test_who_cannot_sign_in_is_helped_as_a_guest(
    wallet_page: Callable[..., WalletPage], stack: Stack, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    wallet, wang = wallet_page(None, language), fresh_user(stack, "wang")
    wallet.try_to_sign_in(wang)
    expect(wallet.result).to_have_attribute("data-status", "account_locked")
    wallet.ask_for_help()
    assert len(wallet.widget.texts("user")) == 1
    assert wang.user_id not in "".join(wallet.widget.texts())


def test_a_merchant_s_name_is_text_wherever_it_is_shown(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    wallet = wallet_page(chen)
    assert wallet.pay("500", MARKUP) == "declined"
    wallet.ask_for_help()
    assert MARKUP in "".join(wallet.widget.texts("bot"))
    wallet.go("home")
    expect(wallet.part("activity").first).to_contain_text(MARKUP)
    expect(wallet.page.locator("img[src=x]")).to_have_count(0)


def test_help_with_a_transfer_is_about_that_very_transfer(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str
) -> None:
    wallet = wallet_page(chen, language)
    wallet.go_by_home("transfer")
    wallet.send("transfer-form", recipient="nobody@example.com", amount="12.34")
    expect(wallet.result).to_have_attribute("data-status", "declined")
    wallet.ask_for_help()
    assert "12.34" in "".join(wallet.widget.texts("bot"))


def test_the_page_works_without_the_bot_and_says_so(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints, stack: Stack
) -> None:
    complaints.expect(NETWORK)
    wallet = wallet_page()
    wallet.page.context.route(f"{stack.url('bot')}/**", lambda route: route.abort())
    wallet.page.reload()
    expect(wallet.part("help-away")).to_be_visible()
    wallet.try_to_sign_in(chen)
    assert wallet.pay("100") == "succeeded"
    wallet.page.context.unroute_all()
    wallet.part("help-away").get_by_role("button").click()
    expect(wallet.part("help-away")).to_be_hidden()
    wallet.widget.open()
    wallet.widget.say("hello")
