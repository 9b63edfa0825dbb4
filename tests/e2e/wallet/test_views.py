"""Every view of the page's owner: no barriers, nothing cut off, in both languages, light and dark, on any screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.screens import DESKTOP, NARROW, PHONE, expect_no_sideways_scroll
from tests.e2e.wallet.authenticator import Authenticator
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack

LOOKS = {
    "zh-dark-phone": ("zh", "dark", PHONE),
    "en-light-desktop": ("en", "light", DESKTOP),
    "en-light-narrow": ("en", "light", NARROW),
}


@pytest.fixture(params=LOOKS.values(), ids=LOOKS)
def wallet(
    wallet_page: Callable[..., WalletPage], complaints: Complaints, request: pytest.FixtureRequest
) -> WalletPage:
    """The page in one of its looks, signed out."""
    complaints.expect(COMPLAINT)
    complaints.expect(NETWORK)
    language, theme, screen = request.param
    page: WalletPage = wallet_page(None, language, screen, color_scheme=theme)
    return page


def expect_sound(wallet: WalletPage, state: str) -> None:
    """No rule is broken and nothing is wider than the screen."""
    expect_accessible(wallet.page, state)
    expect_no_sideways_scroll(wallet.page)


def open_all(wallet: WalletPage) -> None:
    """Open whatever can be opened."""
    wallet.view.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")


def test_security_and_the_second_step(wallet: WalletPage, stack: Stack) -> None:
    user = fresh_user(stack, "chen")
    wallet.sign_in(user)
    wallet.go("security")
    open_all(wallet)
    expect_sound(wallet, "security, two steps off")
    wallet.send("two-factor-form", password=user.password)
    app = Authenticator(wallet.part("secret").inner_text().replace(" ", ""))
    expect_sound(wallet, "the secret")
    wallet.send("two-factor-code-form", code=app.code())
    expect(wallet.part("recovery-codes")).to_be_visible()
    expect_sound(wallet, "recovery codes")
    wallet.part("recovery-codes-kept").click()
    expect(wallet.part("recovery-codes")).to_have_count(0)
    open_all(wallet)
    expect_sound(wallet, "security, two steps on")
    wallet.sign_out()
    wallet.try_to_sign_in(user)
    wallet.send("second-step-form", code=app.wrong_code())
    expect(wallet.result).to_be_visible()
    expect_sound(wallet, "second step")


def test_money_that_leaves_and_comes_back(wallet: WalletPage, stack: Stack) -> None:
    user = fresh_user(stack, "sun")
    paid = user.pay("20", "城市超市")
    user.ask_refund("faulty")
    user.answer_refund("used")
    wallet.sign_in(user)
    wallet.go_by_home("transfer")
    wallet.send("transfer-form", recipient="nobody@example.com", amount="1")
    expect(wallet.result).to_be_visible()
    expect_sound(wallet, "transfer")
    wallet.go_by_home("withdraw")
    wallet.send("withdraw-form", amount="10")
    expect(wallet.result).to_be_visible()
    expect_sound(wallet, "withdrawal")
    wallet.go("home")
    open_all(wallet)
    expect_sound(wallet, "home")
    wallet.page.locator(f"[data-id={paid['id']}] [data-role=ask-refund]").click()
    wallet.wait_for("refund")
    expect_sound(wallet, "refund")
    wallet.go("operator")
    open_all(wallet)
    expect_sound(wallet, "behind the scenes")


def test_who_one_is_and_his_cards(wallet: WalletPage, stack: Stack) -> None:
    wallet.sign_in(fresh_user(stack, "ma"))
    wallet.go("security")
    wallet.part("raise-level").click()
    wallet.wait_for("identity")
    wallet.part("make-papers").click()
    wallet.part("fill-in").click()
    expect_sound(wallet, "identity")
    wallet.part("identity-form").locator("[type=submit]").click()
    expect(wallet.part("identity-level")).to_have_attribute("data-level", "2")
    expect_sound(wallet, "identity at level 2")
    wallet.go("cards")
    open_all(wallet)
    wallet.part("make-papers").click()
    expect(wallet.part("papers")).to_be_visible()
    expect_sound(wallet, "cards")
