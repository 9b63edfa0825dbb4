"""Two tabs of one user show one conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.host_page import HostPage
from tests.e2e.widget_page import THIS_ONE, Widget
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

FAILED = {"zh": "付款失败了", "en": "My payment failed"}


def test_what_is_said_in_one_tab_is_seen_and_answered_for_in_the_other(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    first = host_page(language)
    second = HostPage(first.page.context.new_page(), first.stack)
    for tab in (first, second):
        tab.visit(chen.user_id)
        tab.widget.open()
    one, other = first.widget, second.widget
    one.say(FAILED[language])
    other.wait_for_answer()
    expect_in_step(one, other)

    expect(one.choice(THIS_ONE[language])).to_be_enabled()
    other.choose(THIS_ONE[language])
    expect(one.choice(THIS_ONE[language])).to_be_disabled()
    expect(other.choice(THIS_ONE[language])).to_be_disabled()
    one.wait_for_answer(1)
    expect_in_step(one, other)
    one.expect_same_as_stored()


def test_starting_over_in_one_tab_empties_the_other(host_page: Callable[..., HostPage], chen: WalletUser) -> None:
    first = host_page()
    second = HostPage(first.page.context.new_page(), first.stack)
    for tab in (first, second):
        tab.visit(chen.user_id)
        tab.widget.open()
    first.widget.say(FAILED["en"])
    second.widget.wait_for_answer()
    first.widget.start_over()
    for tab in (first, second):
        expect(tab.widget.messages).to_have_count(0)
    second.widget.say("what are the fees?")
    first.widget.wait_for_answer()
    expect_in_step(first.widget, second.widget)


def expect_in_step(one: Widget, other: Widget) -> None:
    """Both show the same lines."""
    expect(one.messages).to_have_count(other.messages.count())
    assert one.lines() == other.lines()
