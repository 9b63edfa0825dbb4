"""Money that leaves the balance: transfers to others, and withdrawals to one's own bank."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

NOBODY = {"zh": "没有找到这个收款人", "en": "There is no account under that name"}
LEVEL = {"zh": "身份信息还不完整", "en": "Your identity is not complete"}
HELD = {"zh": "银行还没有给出结果", "en": "The bank has not answered yet"}


def lose_the_answer(route: Route) -> None:
    """The wallet gets the request, and its answer gets lost."""
    route.fetch()
    route.abort()


def test_a_transfer_arrives_and_one_to_nobody_says_why_it_did_not(
    wallet_page: Callable[..., WalletPage], stack: Stack, chen: WalletUser, language: str
) -> None:
    recipient = fresh_user(stack, "wu")
    before = recipient.as_user("GET", "/v1/me")["balance"]["minor"]
    wallet = wallet_page(chen, language)
    wallet.go_by_home("transfer")
    wallet.send("transfer-form", recipient="nobody@example.com", amount="12")
    expect(wallet.result).to_have_attribute("data-status", "declined")
    expect(wallet.result).to_contain_text(NOBODY[language])
    wallet.forget_result()
    wallet.send("transfer-form", recipient=f"{recipient.user_id}@example.com", amount="12")
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    assert recipient.as_user("GET", "/v1/me")["balance"]["minor"] == before + 1200
    wallet.go("home")
    expect(wallet.part("activity").first).to_have_attribute("data-kind", "transfer")
    expect(wallet.page.locator("[data-kind=transfer][data-status=declined]")).to_contain_text(NOBODY[language])


def test_a_transfer_whose_answer_was_lost_is_sent_once_however_often_it_is_tried(
    wallet_page: Callable[..., WalletPage], stack: Stack, chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    recipient = fresh_user(stack, "wu")
    wallet = wallet_page(chen)
    wallet.go_by_home("transfer")
    wallet.page.route("**/v1/transfers", lose_the_answer)
    wallet.send("transfer-form", recipient=recipient.user_id, amount="7")
    expect(wallet.result).to_have_attribute("data-status", "unreachable")
    wallet.page.unroute_all()
    wallet.part("transfer-form").locator("[type=submit]").click()
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    assert [item["amount"]["minor"] for item in chen.as_user("GET", "/v1/transfers")["items"]] == [700]


def test_who_is_not_known_well_enough_hears_why_he_sends_nothing(
    wallet_page: Callable[..., WalletPage], stack: Stack, chen: WalletUser, language: str
) -> None:
    wallet = wallet_page(fresh_user(stack, "ma"), language)
    wallet.go_by_home("transfer")
    wallet.send("transfer-form", recipient=chen.user_id, amount="1")
    expect(wallet.result).to_have_attribute("data-status", "declined")
    expect(wallet.result).to_contain_text(LEVEL[language])


def test_the_fee_of_a_withdrawal_is_told_before_and_is_the_one_that_is_taken(
    wallet_page: Callable[..., WalletPage], stack: Stack
) -> None:
    wu = fresh_user(stack, "wu")
    wu.top_up("1000", "bank_card_debit", card=True)
    wallet = wallet_page(wu)
    wallet.go_by_home("withdraw")
    expect(wallet.part("withdraw-form").locator("[name=card_id] option")).to_have_count(1)
    wallet.part("withdraw-form").locator("[name=amount]").fill("1200")
    expect(wallet.part("fee-quote")).to_have_attribute("data-minor", "20")
    wallet.part("withdraw-form").locator("[type=submit]").click()
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    assert wu.as_user("GET", "/v1/withdrawals")["items"][0]["fee"]["minor"] == 20


def test_a_withdrawal_stays_open_until_the_bank_has_answered(
    wallet_page: Callable[..., WalletPage], stack: Stack, language: str
) -> None:
    sun = fresh_user(stack, "sun")
    wallet = wallet_page(sun, language)
    wallet.go_by_home("withdraw")
    wallet.send("withdraw-form", amount="10")
    expect(wallet.result).to_have_attribute("data-status", "unknown")
    wallet.go("home")
    line = wallet.page.locator("[data-kind=withdrawal]")
    expect(line).to_contain_text(HELD[language])
    sun.settle_withdrawal("00")
    line.locator("[data-role=check]").click()
    expect(line).to_have_attribute("data-status", "succeeded")
