"""Binding a card as its bank knows it, and unbinding it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.processes import Stack

NO_SUCH_CARD = {"zh": "银行没有确认这张卡", "en": "The bank does not confirm this card"}
BOUND = {"zh": "这张卡已经绑定了", "en": "This card is here already"}
FROZEN = {"zh": "这张卡已冻结", "en": "The card is frozen"}


def test_a_card_is_added_as_its_bank_knows_it_and_once(
    wallet_page: Callable[..., WalletPage], stack: Stack, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    wallet = wallet_page(fresh_user(stack, "ma"), language)
    wallet.go("cards")
    before = wallet.part("card").count()
    wallet.part("card-form").locator("xpath=../..").locator("summary").click()
    wallet.part("make-papers").click()
    wallet.part("fill-in").click()
    form = wallet.part("card-form")
    form.locator("[name=phone]").fill("13800009999")
    form.locator("[type=submit]").click()
    expect(wallet.result).to_have_attribute("data-status", "card_not_confirmed")
    expect(wallet.result).to_contain_text(NO_SUCH_CARD[language])
    wallet.part("fill-in").click()
    form.locator("[type=submit]").click()
    expect(wallet.part("card")).to_have_count(before + 1)
    wallet.part("fill-in").click()
    form.locator("[type=submit]").click()
    expect(wallet.result).to_have_attribute("data-status", "conflict")
    expect(wallet.result).to_contain_text(BOUND[language])


def test_a_card_is_removed_but_a_frozen_one_stays(
    wallet_page: Callable[..., WalletPage], stack: Stack, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    user = fresh_user(stack, "wu")
    frozen, other = (card["id"] for card in user.as_user("GET", "/v1/cards")["items"])
    user.freeze_card(frozen)
    wallet = wallet_page(user, language)
    wallet.go("cards")
    for card in (frozen, other):
        item = wallet.page.locator(f"[data-role=card][data-id={card}]")
        item.locator("summary").nth(1).click()
        item.locator("[data-role=remove-card]").click()
        expect(wallet.result).to_be_visible()
        if card == frozen:
            expect(wallet.result).to_contain_text(FROZEN[language])
            wallet.forget_result()
    expect(wallet.result).to_have_attribute("data-status", "succeeded")
    expect(wallet.part("card")).to_have_count(1)
    expect(wallet.page.locator(f"[data-role=card][data-id={frozen}]")).to_be_visible()
