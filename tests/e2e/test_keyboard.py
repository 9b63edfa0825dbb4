"""The widget by keyboard alone, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.host_page import HostPage
from tests.e2e.screens import PHONE
from tests.e2e.widget_page import THIS_ONE, Widget
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

HEADER = ["language", "menu", "close"]


def test_the_panel_is_opened_left_and_closed_by_keyboard(host_page: Callable[..., HostPage]) -> None:
    host = host_page()
    host.visit()
    widget, keys = host.widget, host.page.keyboard
    host.page.locator("#before").focus()
    keys.press("Tab")
    expect(widget.launcher).to_be_focused()
    keys.press("Enter")
    expect(widget.panel).to_be_visible()
    expect(widget.input).to_be_focused()
    keys.press("Shift+Tab")
    assert tab_to(widget, widget.part("language"), backwards=True)
    for role in HEADER:
        expect(widget.part(role)).to_be_focused()
        keys.press("Tab")
    assert tab_to(widget, widget.input)
    keys.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()


def test_escape_closes_the_menu_and_the_confirmation_before_the_panel(host_page: Callable[..., HostPage]) -> None:
    host = host_page()
    host.visit()
    widget, keys = host.widget, host.page.keyboard
    widget.open()
    widget.part("menu").press("Enter")
    expect(widget.part("start-over")).to_be_focused()
    keys.press("Escape")
    expect(widget.part("start-over")).to_be_hidden()
    expect(widget.part("menu")).to_be_focused()
    keys.press("Enter")
    keys.press("Enter")
    expect(widget.part("cancel")).to_be_focused()
    keys.press("Escape")
    expect(widget.part("confirm")).to_be_hidden()
    expect(widget.panel).to_be_visible()
    keys.press("Escape")
    expect(widget.panel).to_be_hidden()


def test_on_a_phone_the_focus_stays_in_the_panel(host_page: Callable[..., HostPage]) -> None:
    host = host_page("en", PHONE)
    host.visit()
    widget = host.widget
    widget.open()
    expect(widget.panel).to_have_attribute("aria-modal", "true")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):
            host.page.keyboard.press(key)
            assert widget.panel.evaluate("panel => panel.contains(panel.getRootNode().activeElement)")
    expect(widget.launcher).not_to_be_in_viewport()


def test_an_answer_is_chosen_and_stars_are_given_by_keyboard(host_page: Callable[..., HostPage], language: str) -> None:
    host = host_page(language)
    host.visit()
    widget, keys = host.widget, host.page.keyboard
    widget.open()
    keys.type({"zh": "登录不了了", "en": "I can't log in"}[language])
    keys.press("Enter")
    widget.wait_for_answer()
    expect(widget.input).to_be_focused()
    works = widget.choice({"zh": "可以了", "en": "It works now"}[language])
    assert tab_to(widget, works, backwards=True)
    keys.press("Enter")
    expect(works).to_be_disabled()
    expect(widget.stars).to_have_count(5)
    widget.wait_until_still()
    assert widget.panel.evaluate("panel => panel.contains(panel.getRootNode().activeElement)")
    assert tab_to(widget, widget.stars.first, backwards=True)
    for star in (1, 2, 3):
        keys.press("ArrowRight")
        expect(widget.stars.nth(star)).to_be_focused()
    keys.press("Enter")
    expect(widget.stars.nth(3)).to_have_attribute("aria-checked", "true")
    expect(widget.stars.nth(3)).to_be_disabled()
    widget.wait_until_still()
    host.page.reload()
    widget.open()
    expect(widget.stars.nth(3)).to_have_attribute("aria-checked", "true")


def test_news_is_announced_politely_and_the_history_is_not(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    host = host_page(language)
    host.visit(chen.user_id)
    widget = host.widget
    expect(widget.log).to_have_role("log")
    widget.open()
    widget.say({"zh": "付款失败了", "en": "My payment failed"}[language])
    names = {"zh": ("您", "智能助手"), "en": ("You", "Digital assistant")}[language]
    expect(widget.own.first).to_contain_text(names[0])
    expect(widget.answers.first).to_contain_text(names[1])
    expect(widget.choice(THIS_ONE[language])).to_have_accessible_name(THIS_ONE[language])

    # Whether the log was already announcing when its lines came is noted by the page itself.
    host.page.add_init_script(
        """window.announced = 0;
        customElements.whenDefined("wallet-hotline").then(() => {
          const root = document.querySelector("wallet-hotline").shadowRoot;
          new MutationObserver((changes) => {
            const log = root.querySelector("[data-role=log]");
            const isLive = log?.getAttribute("aria-live") === "polite";
            const added = changes.flatMap((each) => [...each.addedNodes]);
            if (isLive) window.announced += added.filter((node) => node.dataset?.role === "message").length;
          }).observe(root, { childList: true, subtree: true });
        });"""
    )
    count = widget.messages.count()
    host.page.reload()
    widget.open()
    expect(widget.messages).to_have_count(count)
    assert host.page.evaluate("announced") == 0


def tab_to(widget: Widget, wanted: Locator, backwards: bool = False) -> bool:
    """Whether the Tab key leads there, inside the panel."""
    for _ in range(30):
        if wanted.evaluate("element => element.getRootNode().activeElement === element"):
            return True
        widget.page.keyboard.press("Shift+Tab" if backwards else "Tab")
    return False
