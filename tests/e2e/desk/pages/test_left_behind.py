"""What stays in a browser when an agent has left it, and on a page when its time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.desk.pages.agent_page import AgentPage
from tests.e2e.desk.pages.running_desk import RunningDesk

Enter = Callable[..., AgentPage]
# A part of the page may just be asking for what is new when its agent is signed out elsewhere.
_SIGNED_OUT = rf"{NETWORK}|htmx:|Response Status Error Code 401"
_KEPT = "Object.keys(localStorage).filter((name) => name.includes(':draft:'))"


@pytest.mark.parametrize("path", ["/account", "/cases", None], ids=["account", "cases", "the hand-off"])
def test_whoever_signs_out_on_any_page_leaves_no_draft(
    desk: RunningDesk, enter: Enter, number: str, path: str | None
) -> None:
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.answer.fill("half a sen")
    assert agent.page.evaluate(_KEPT)
    if path:
        agent.visit(path)
    agent.part("account-menu").locator("summary").click()
    agent.part("sign-out").click()
    expect(agent.page.locator("body")).to_have_attribute("data-page", "sign-in")
    assert agent.page.evaluate(_KEPT) == []


def test_at_the_door_drafts_of_whoever_was_here_are_removed(
    desk: RunningDesk, enter: Enter, complaints: Complaints
) -> None:
    complaints.expect(_SIGNED_OUT)
    agent = enter()
    agent.page.evaluate("localStorage.setItem('desk:7:draft:WH-0000-0000', '1')")
    agent.page.evaluate("localStorage.setItem('desk:7:outbox:WH-0000-0000', '[]')")
    agent.page.context.clear_cookies()
    agent.page.goto(f"{desk.url}/sign-in")
    expect(agent.page.locator("body")).to_have_attribute("data-page", "sign-in")
    agent.page.wait_for_function(f"{_KEPT}.length === 0")
    assert agent.page.evaluate("localStorage.getItem('desk:7:outbox:WH-0000-0000')") == "[]"


def test_what_was_revealed_goes_when_its_time_is_over_also_while_the_desk_is_away(
    desk: RunningDesk, enter: Enter, number: str, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints.expect(NETWORK)
    complaints.expect("htmx:(afterRequest|sendError)")
    monkeypatch.setattr("bot.desk.pages.reveal.SHOWN_FOR", timedelta(seconds=2))
    agent = enter()
    desk.hand_over(number, user_id="user-77c41d9e20")
    agent.claim(number)
    agent.page.route("**/reveal", lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    agent.part("reveal-open").click()
    agent.part("reveal-reason").fill("the bank asks")
    agent.part("reveal-show").click()
    expect(agent.part("revealed-value").first).to_have_text("user-77c41d9e20")
    expect(agent.part("revealed-value")).to_have_count(0)
    expect(agent.part("reveal-hide")).to_be_visible()
