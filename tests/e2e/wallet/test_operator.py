"""Behind the scenes of the demo: what bank, merchants and operators do, and what the user then sees."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

CHANNEL = "apple_pay"  # no demo user needs it


def test_the_bank_answers_what_it_left_open(wallet_page: Callable[..., WalletPage], stack: Stack) -> None:
    sun = fresh_user(stack, "sun")
    withdrawal = sun.withdraw("10")["id"]
    wallet = wallet_page(sun)
    wallet.go("operator")
    expect(wallet.part("open-movement")).to_have_count(2)
    wallet.page.locator(f"[data-role=open-movement][data-id={withdrawal}] [data-role=bank-approve]").click()
    expect(wallet.part("open-movement")).to_have_count(1)
    wallet.part("bank-decline").click()
    expect(wallet.part("open-movement")).to_have_count(0)
    wallet.go("home")
    expect(wallet.page.locator(f"[data-role=activity][data-id={withdrawal}]")).to_have_attribute(
        "data-status", "succeeded"
    )
    expect(wallet.page.locator("[data-role=activity][data-kind=payment]")).to_have_attribute("data-status", "declined")


def test_the_merchants_answer_refunds(wallet_page: Callable[..., WalletPage], chen: WalletUser) -> None:
    for amount in ("3", "4"):
        chen.pay(amount, "城市超市")
        chen.ask_refund("faulty")
    wallet = wallet_page(chen)
    wallet.go("operator")
    expect(wallet.part("asked-refund")).to_have_count(2)
    first = wallet.part("asked-refund").filter(has_text="4.00")
    first.locator("[name=rejection]").select_option("too_late")
    first.locator("[data-role=reject-refund]").click()
    expect(wallet.part("asked-refund")).to_have_count(1)
    wallet.part("grant-refund").click()
    expect(wallet.part("asked-refund")).to_have_count(0)
    told = {(one["status"], one["rejection"]) for one in chen.as_user("GET", "/v1/refunds")["items"]}
    assert told == {("rejected", "too_late"), ("succeeded", None)}


def test_a_channel_is_put_out_of_order_and_users_see_it_until_it_is_ended(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str
) -> None:
    wallet = wallet_page(chen, language)
    wallet.go("operator")
    wallet.part("incident-form").locator("xpath=..").locator("summary").click()
    form = wallet.part("incident-form")
    form.locator("[name=channel]").select_option(CHANNEL)
    form.locator("[name=zh]").fill("试验")
    form.locator("[name=en]").fill("a trial")
    form.locator("[name=begins]").select_option("60")
    form.locator("[type=submit]").click()
    mine = wallet.part("incident").filter(has_text={"zh": "试验", "en": "a trial"}[language])
    expect(mine).to_have_attribute("data-state", "planned")
    mine.locator("[data-role=end-incident]").click()
    expect(mine).to_have_count(0)
    form.locator("[name=begins]").select_option("0")
    form.locator("[type=submit]").click()
    expect(mine).to_have_attribute("data-state", "open")
    wallet.go("topup")
    wallet.part("topup-form").locator("[name=channel]").select_option(CHANNEL)
    expect(wallet.part("channel-note")).to_contain_text({"zh": "试验", "en": "a trial"}[language])
    wallet.go("operator")
    mine.locator("[data-role=end-incident]").click()
    expect(mine).to_have_count(0)
