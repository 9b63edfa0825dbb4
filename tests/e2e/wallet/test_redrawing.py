"""A view that is drawn anew takes nothing away from who reads or types in it, and scrolls by the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

LOW = {"viewport": {"width": 1280, "height": 660}}
PAYMENTS = 9  # one more than the list shows at first


def test_the_home_view_keeps_what_is_open_and_the_focus_when_it_is_drawn_anew(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    wallet = wallet_page(chen)
    read = wallet.page.locator("[data-role=activity]").first
    name = str(read.get_attribute("data-id"))
    read.locator("summary").click()
    made = chen.pay("1", "城市超市")
    wallet.come_back_from_help()
    expect(wallet.part("activity").first).to_have_attribute("data-id", made["id"])
    again = wallet.page.locator(f"[data-role=activity][data-id={name}]")
    expect(again.locator("details")).to_have_attribute("open", "")
    again.locator("summary").focus()
    wallet.come_back_from_help()
    expect(again.locator("summary")).to_be_focused()


def test_the_home_view_keeps_how_much_of_the_list_is_shown(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    for _ in range(PAYMENTS):
        chen.pay("1", "城市超市")
    wallet = wallet_page(chen)
    wallet.page.get_by_role("button", name="Show more").click()
    shown = wallet.part("activity").count()
    assert shown > PAYMENTS
    wallet.come_back_from_help()
    expect(wallet.part("activity")).to_have_count(shown)


def test_what_is_typed_stays_when_the_language_is_switched(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    wallet = wallet_page(chen)
    wallet.go("topup")
    form = wallet.part("topup-form")
    form.locator("[name=channel]").select_option("convenience_store")
    amount = form.locator("[name=amount]")
    amount.fill("12.50")
    wallet.switch_language()
    expect(amount).to_have_value("12.50")
    expect(form.locator("[name=channel]")).to_have_value("convenience_store")
    expect(form.locator("[name=card]")).to_be_hidden()
    expect(wallet.part("bar").locator("[data-role=language]")).to_be_focused()


def test_a_view_that_scrolls_can_be_scrolled_by_the_keyboard(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(COMPLAINT)
    wallet = wallet_page(None, "en", LOW)
    for _ in range(4):
        chen.ask_for_reset()
    wallet.sign_in(chen)
    wallet.go("mailbox")
    expect(wallet.view).to_have_attribute("tabindex", "0")
    expect_accessible(wallet.page, "a long mailbox")
    wallet.view.focus()
    wallet.page.keyboard.press("End")
    expect(wallet.part("mail").last).to_be_in_viewport(ratio=1)


def test_a_view_that_does_not_scroll_is_no_stop_on_the_way_of_the_keyboard(
    wallet_page: Callable[..., WalletPage], chen: WalletUser
) -> None:
    wallet = wallet_page(chen)
    wallet.go("pay")
    expect(wallet.view).not_to_have_attribute("tabindex", "0")
