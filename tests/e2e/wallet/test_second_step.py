"""Signing in with a code after the password."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet.authenticator import switch_on
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

TRIES = 5  # wrong ones that lock
LOCKED = {"zh": "登录已锁定 24 小时", "en": "locked for 24 hours"}
WRONG = {"zh": "验证码不正确", "en": "The code is not right"}


def enter(wallet: WalletPage, code: str, trust: bool = False) -> None:
    """Send the code."""
    form = wallet.part("second-step-form")
    form.locator("[name=code]").fill(code)
    form.locator("[name=remember_device]").set_checked(trust)
    form.locator("[type=submit]").click()


def test_a_code_of_the_app_or_a_recovery_code_is_asked_for_after_the_password(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    app, recovery_codes = switch_on(chen)
    wallet = wallet_page(None, language)
    for code in (app.code(1), recovery_codes[0]):
        wallet.try_to_sign_in(chen)
        enter(wallet, app.wrong_code())
        expect(wallet.result).to_have_attribute("data-status", "wrong_code")
        expect(wallet.result).to_contain_text(WRONG[language])
        enter(wallet, code)
        wallet.wait_for("home")
        wallet.sign_out()


def test_too_many_wrong_codes_lock_and_the_page_says_what_to_do(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    app, _ = switch_on(chen)
    wallet = wallet_page(None, language)
    wallet.try_to_sign_in(chen)
    for _ in range(TRIES):
        enter(wallet, app.wrong_code())
        expect(wallet.result).to_have_attribute("data-status", "wrong_code")
        wallet.forget_result()
    enter(wallet, app.code(1))
    expect(wallet.result).to_have_attribute("data-status", "account_locked")
    expect(wallet.result).to_contain_text(LOCKED[language])
    wallet.part("sign-in-again").click()
    expect(wallet.part("sign-in-form")).to_be_visible()


def test_a_trusted_browser_is_not_asked_again_until_it_is_signed_out(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    app, recovery_codes = switch_on(chen)
    wallet = wallet_page()
    wallet.try_to_sign_in(chen)
    enter(wallet, app.code(1), trust=True)
    wallet.wait_for("home")
    wallet.sign_out()
    wallet.sign_in(chen)
    wallet.go("security")
    wallet.page.locator("[data-role=device][data-current=true] [data-role=end-device]").click()
    wallet.wait_for("sign-in")
    wallet.try_to_sign_in(chen)
    enter(wallet, recovery_codes[0])
    wallet.wait_for("home")


def test_another_demo_user_can_be_chosen_in_the_middle_of_it(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    switch_on(chen)
    wallet = wallet_page()
    wallet.try_to_sign_in(chen)
    expect(wallet.part("second-step-form")).to_be_visible()
    assert "code" not in wallet.page.evaluate("() => JSON.stringify({ ...localStorage, ...sessionStorage })")
    wallet.sign_in_as_demo_user("wu")
