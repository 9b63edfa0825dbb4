"""The badge counts what came while the panel was closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.host_page import HostPage
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

FAILED = "My payment failed"


def test_what_comes_while_the_panel_is_closed_is_counted_until_it_is_opened(
    host_page: Callable[..., HostPage], chen: WalletUser
) -> None:
    host = host_page()
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    widget.say(FAILED)
    widget.close()
    expect(widget.badge).to_be_hidden()

    answered = widget.answers.count()
    host.say_elsewhere("what is the fee for 1000?")
    expect(widget.badge).to_be_visible()
    widget.wait_for_hidden_answer(answered)
    unread = widget.answers.count() - answered
    expect(widget.badge).to_have_text(str(unread))
    expect(widget.launcher).to_have_accessible_name(f"Support chat, {unread} new message{'s' * (unread > 1)}")
    assert host.heard("hotline-unread")[-1] == {"count": unread}

    host.page.reload()
    expect(widget.badge).to_have_text(str(unread))
    widget.open()
    widget.close()
    expect(widget.badge).to_be_hidden()
    host.page.reload()
    expect(widget.answers).to_have_count(answered + unread)
    expect(widget.badge).to_be_hidden()


def test_nothing_is_asked_of_the_server_before_the_panel_is_opened(host_page: Callable[..., HostPage]) -> None:
    host, asked = host_page(), []
    host.page.on("request", lambda request: asked.append(request.url) if "webhooks" in request.url else None)
    host.visit()
    expect(host.widget.launcher).to_be_visible()
    host.page.wait_for_load_state("networkidle")
    assert asked == []
    host.widget.open()
    assert asked != []
