"""What protects the account, as its owner switches it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet.authenticator import Authenticator, switch_on
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

RECOVERY_CODES = 10


def test_the_second_step_is_switched_on_with_a_secret_and_its_recovery_codes_are_shown_once(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    wallet = wallet_page(chen, language)
    wallet.go("security")
    expect(wallet.part("two-factor")).to_have_attribute("data-state", "off")
    wallet.send("two-factor-form", password="not the password")
    expect(wallet.result).to_have_attribute("data-status", "password_required")
    wallet.send("two-factor-form", password=chen.password)
    secret = wallet.part("secret").inner_text().replace(" ", "")
    expect(wallet.part("otpauth")).to_have_attribute(
        "href", f"otpauth://totp/Wallet:{chen.user_id}%40example.com?secret={secret}&issuer=Wallet"
    )
    app = Authenticator(secret)
    wallet.send("two-factor-code-form", code=app.wrong_code())
    expect(wallet.result).to_have_attribute("data-status", "wrong_code")
    wallet.switch_language()
    expect(wallet.part("secret")).to_be_visible()
    wallet.send("two-factor-code-form", code=app.code())
    expect(wallet.part("recovery-codes").locator("li")).to_have_count(RECOVERY_CODES)
    wallet.part("recovery-codes-kept").click()
    expect(wallet.part("two-factor")).to_have_attribute("data-state", "on")
    expect(wallet.part("recovery-codes")).to_have_count(0)
    kept = wallet.page.evaluate("() => JSON.stringify({ ...localStorage, ...sessionStorage })")
    assert secret not in kept
    assert chen.password not in kept


def test_the_second_step_is_switched_off_with_password_and_code(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    wallet = wallet_page(chen)
    app, recovery_codes = switch_on(chen)
    wallet.go("security")
    wallet.part("two-factor").locator("summary").click()
    wallet.send("two-factor-end-form", password=chen.password, code=app.wrong_code())
    expect(wallet.result).to_have_attribute("data-status", "wrong_code")
    wallet.send("two-factor-end-form", password=chen.password, code=recovery_codes[0])
    expect(wallet.part("two-factor")).to_have_attribute("data-state", "off")
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    wallet.sign_out()
    wallet.sign_in(chen)


def test_a_device_is_signed_out_and_the_one_in_use_stays(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    chen.sign_in().expect(201)
    wallet = wallet_page(chen)
    wallet.go("security")
    known = wallet.part("device").count()
    elsewhere = wallet.part("device").filter(has_text="phone")
    elsewhere.get_by_role("button").click()
    expect(wallet.part("device")).to_have_count(known - 1)
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    assert chen.as_user_or_refused("GET", "/v1/me").status == 401
    wallet.go("home")


def test_an_account_that_its_owner_froze_moves_nothing_and_says_so(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    wallet = wallet_page(chen)
    wallet.go("security")
    wallet.part("freeze-form").locator("xpath=..").locator("summary").click()
    form = wallet.part("freeze-form")
    form.locator("[name=reason]").fill("my phone was stolen")
    form.locator("[type=submit]").click()
    expect(form.locator("[data-role=problem]").nth(1)).to_be_visible()
    expect(wallet.part("frozen")).to_have_count(0)
    form.locator("[name=sure]").check()
    form.locator("[type=submit]").click()
    expect(wallet.part("frozen")).to_be_visible()
    assert wallet.pay("1") == "declined"
    wallet.go("home")
    expect(wallet.part("account-state")).to_have_attribute("data-status", "frozen")
