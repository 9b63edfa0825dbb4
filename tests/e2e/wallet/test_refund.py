"""A payment asked back from its merchant, and where that stands."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

REFUSED = {"zh": "商户没有同意：已经使用过", "en": "The merchant refused: it was used already"}


def ask(wallet: WalletPage, payment: str, amount: str) -> None:
    """Ask a part of a payment back, from its line in the list."""
    wallet.go("home")
    line = wallet.page.locator(f"[data-role=activity][data-id={payment}]")
    line.locator("summary").click()
    line.locator("[data-role=ask-refund]").click()
    wallet.wait_for("refund")
    wallet.part("refund-form").locator("[name=reason]").select_option("faulty")
    wallet.send("refund-form", amount=amount)


def test_a_part_of_a_payment_is_asked_back_and_its_standing_is_shown(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str
) -> None:
    paid = chen.pay("20", "城市超市")
    wallet = wallet_page(chen, language)
    ask(wallet, paid["id"], "5")
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    expect(wallet.part("refund-form").locator("[name=amount]")).to_have_value("15")
    expect(wallet.part("refund")).to_have_attribute("data-status", "requested")
    chen.answer_refund("used")
    wallet.go("home")
    expect(wallet.part("refund")).to_contain_text(REFUSED[language])
    ask(wallet, paid["id"], "20")
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    chen.answer_refund()
    wallet.go("home")
    line = wallet.page.locator(f"[data-role=activity][data-id={paid['id']}]")
    expect(line).to_have_attribute("data-status", "refunded")
    expect(line.locator("[data-role=refund][data-status=succeeded]")).to_be_visible()
    expect(line.locator("[data-role=ask-refund]")).to_have_count(0)


def test_more_than_was_paid_is_refused_with_what_is_left(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    paid = chen.pay("20", "城市超市")
    wallet = wallet_page(chen)
    ask(wallet, paid["id"], "20.01")
    expect(wallet.result).to_have_attribute("data-status", "conflict")
    expect(wallet.result).to_contain_text("20.00")
    assert chen.as_user("GET", "/v1/refunds")["items"] == []


def test_a_payment_of_somebody_else_is_not_there(
    wallet_page: Callable[..., WalletPage], stack: Stack, chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    paid = fresh_user(stack, "wu").pay("1", "城市超市")
    wallet = wallet_page(chen)
    wallet.page.evaluate("id => { location.hash = `#/refund/${id}` }", paid["id"])
    expect(wallet.result).to_have_attribute("data-status", "not_found")
