"""Whose conversation the widget shows: proven users, guests, sign-out, tokens that end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.host_page import HostPage
from tests.e2e.tokens import expired
from tests.e2e.wallet_page import MERCHANT, WalletPage
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.web import call

pytestmark = pytest.mark.conversation

FAILED = "My payment failed"
ENDED = {"zh": "之前的对话已结束", "en": "The earlier conversation has ended"}
SIGN_IN_AGAIN = {"zh": "重新登录", "en": "sign in again"}


@pytest.fixture
def li(stack: Stack) -> WalletUser:
    return fresh_user(stack, "li")


@pytest.fixture
def host(host_page: Callable[..., HostPage], chen: WalletUser) -> HostPage:
    """A page on which chen has said something."""
    host = host_page()
    host.visit(chen.user_id)
    host.widget.open()
    host.widget.say(FAILED)
    return host


def test_after_sign_out_the_next_user_sees_nothing_of_the_one_before(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, li: WalletUser
) -> None:
    wallet = wallet_page(chen)
    widget = wallet.widget
    widget.open()
    widget.say(FAILED)
    assert MERCHANT in "".join(widget.texts())
    before = widget.session()
    widget.input.fill("something half written")
    widget.close()

    wallet.sign_out()
    assert ":session:" not in widget.everything_kept()
    wallet.sign_in(li)
    widget.open()
    expect(widget.messages).to_have_count(0)
    expect(widget.input).to_have_value("")
    widget.say(FAILED)
    assert MERCHANT not in "".join(widget.texts())
    assert widget.session()["conversation_id"] != before["conversation_id"]
    assert chen.user_id not in widget.everything_kept()


def test_another_user_s_token_switches_to_his_conversation_and_back(
    host: HostPage, chen: WalletUser, li: WalletUser
) -> None:
    widget = host.widget
    of_chen = widget.lines()
    host.set("user-token", host.token_of(li.user_id))
    expect(widget.messages).to_have_count(0)
    widget.wait_until_live()
    widget.say(FAILED)
    assert MERCHANT not in "".join(widget.texts())
    host.set("user-token", host.token_of(chen.user_id))
    expect(widget.messages).to_have_count(len(of_chen))
    assert widget.lines() == of_chen


def test_a_guest_sees_nothing_of_a_user_whose_token_is_taken_away(host: HostPage) -> None:
    host.call("removeAttribute('user-token')")
    expect(host.widget.messages).to_have_count(0)
    host.widget.wait_until_live()
    host.widget.say(FAILED)
    assert MERCHANT not in "".join(host.widget.texts())


def test_a_new_token_of_the_same_user_changes_nothing(host: HostPage, chen: WalletUser) -> None:
    widget, before, opened = host.widget, host.widget.session(), []
    host.page.on("request", lambda request: opened.append(request.url) if "sessions" in request.url else None)
    lines = widget.lines()
    host.set("user-token", host.refreshed_token_of(chen.user_id))
    widget.say("what are the fees?")
    assert widget.lines()[: len(lines)] == lines
    assert widget.session() == before
    assert opened == []


def test_a_session_that_is_over_is_renewed_without_a_word(host: HostPage, complaints: Complaints) -> None:
    complaints.expect(NETWORK)
    widget, lines, before = host.widget, host.widget.lines(), host.widget.session()
    host.expire_session()
    host.page.reload()
    widget.open()
    expect(widget.messages).to_have_count(len(lines))
    widget.say("what are the fees?")
    assert widget.lines()[: len(lines)] == lines
    assert widget.session()["conversation_id"] == before["conversation_id"]
    assert host.heard("token-needed") == []


def test_a_guest_whose_session_is_over_begins_anew_and_is_told_so(
    host_page: Callable[..., HostPage], complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    host = host_page(language)
    host.visit()
    widget = host.widget
    widget.open()
    widget.say(FAILED)
    before = widget.session()["conversation_id"]
    host.expire_session()
    host.page.reload()
    widget.open()
    expect(widget.panel).to_contain_text(ENDED[language])
    expect(widget.messages).to_have_count(0)
    widget.say("what are the fees?")
    assert widget.session()["conversation_id"] != before
    widget.expect_same_as_stored()


def test_without_a_good_token_the_host_is_asked_for_one_and_nothing_is_lost(
    host_page: Callable[..., HostPage], chen: WalletUser, complaints: Complaints, language: str
) -> None:
    complaints.expect(NETWORK)
    host = host_page(language)
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    widget.say(FAILED)
    lines = widget.lines()

    host.expire_session()
    host.visit(user_token=host.expired_token_of(chen.user_id))
    widget.launcher.click()
    expect(widget.connection).to_contain_text(SIGN_IN_AGAIN[language])
    assert host.heard("token-needed")
    widget.write("what are the fees?")
    expect(widget.own.last).to_have_attribute("data-state", "waiting")

    host.set("user-token", host.token_of(chen.user_id))
    expect(widget.connection).to_be_empty()
    widget.wait_for_answer(len(lines) - 1)
    assert widget.lines()[: len(lines)] == lines
    assert widget.texts("user") == [FAILED, "what are the fees?"]
    widget.expect_same_as_stored()


def test_a_stolen_session_is_of_no_use_with_another_user_s_token(
    host: HostPage, li: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    stolen = host.widget.session()["session_token"]
    body = {"session_token": stolen, "user_token": host.token_of(li.user_id)}
    assert call("POST", f"{host.bot}/webhooks/widget/sessions", body).status == 404

    ended = expired(stolen, host.stack.settings["HOTLINE_SESSION_SECRET"])
    host.page.evaluate(
        """([ended, li]) => {
          const [key, value] = Object.entries(localStorage).find(([key]) => key.includes(":session:"));
          const slot = key.replace(/\\|.*/, "|") + li;
          localStorage.setItem(slot, JSON.stringify({ ...JSON.parse(value), session_token: ended }));
        }""",
        [ended, li.user_id],
    )
    host.visit(li.user_id)
    host.widget.open()
    expect(host.widget.messages).to_have_count(0)
    host.widget.say(FAILED)
    assert MERCHANT not in "".join(host.widget.texts())
