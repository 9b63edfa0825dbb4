"""Proving who one is, on the page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack

NOT_CONFIRMED = {"zh": "姓名和证件号码没有通过核对", "en": "could not be confirmed"}


def test_a_user_rises_by_his_number_and_then_by_his_card_and_the_number_is_kept_nowhere(
    wallet_page: Callable[..., WalletPage], stack: Stack, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    wallet = wallet_page(fresh_user(stack, "ma"), language)
    wallet.go("security")
    wallet.part("raise-level").click()
    wallet.wait_for("identity")
    wallet.part("make-papers").click()
    wallet.part("fill-in").click()
    form = wallet.part("identity-form")
    number = form.locator("[name=id_number]").input_value()
    form.locator("[name=name]").fill("somebody else")
    form.locator("[type=submit]").click()
    expect(wallet.result).to_have_attribute("data-status", "identity_not_confirmed")
    expect(wallet.result).to_contain_text(NOT_CONFIRMED[language])
    wallet.part("fill-in").click()
    form.locator("[type=submit]").click()
    expect(wallet.part("identity-level")).to_have_attribute("data-level", "2")
    assert number not in wallet.page.content()
    assert number not in wallet.page.evaluate("() => JSON.stringify({ ...localStorage, ...sessionStorage })")
    wallet.part("identity-card-form").locator("[type=submit]").click()
    expect(wallet.part("identity-level")).to_have_attribute("data-level", "3")


def test_a_number_that_is_none_is_not_sent(wallet_page: Callable[..., WalletPage], stack: Stack) -> None:
    wallet = wallet_page(fresh_user(stack, "ma"))
    wallet.go("security")
    wallet.part("raise-level").click()
    wallet.send("identity-form", name="马超", id_number="12345")
    expect(wallet.part("identity-form").locator("[data-role=problem]").nth(1)).to_be_visible()
    expect(wallet.result).to_have_count(0)


def test_a_declined_transfer_leads_to_the_level_that_is_missing(
    wallet_page: Callable[..., WalletPage], stack: Stack
) -> None:
    wallet = wallet_page(fresh_user(stack, "ma"))
    wallet.go_by_home("transfer")
    wallet.send("transfer-form", recipient="chen", amount="1")
    wallet.result.get_by_role("link").click()
    wallet.wait_for("identity")
