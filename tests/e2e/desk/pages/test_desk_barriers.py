"""axe-core finds nothing wrong with the agents' pages, and they fit on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.desk.pages.agent_page import AgentPage
from tests.e2e.desk.pages.running_desk import RunningDesk
from tests.e2e.screens import DESKTOP, NARROW, PHONE, expect_no_sideways_scroll

LOOKS = {
    "zh-light-desktop": ("zh", DESKTOP, {"color_scheme": "light"}),
    "en-dark-desktop": ("en", DESKTOP, {"color_scheme": "dark"}),
    "en-light-phone": ("en", PHONE, {"color_scheme": "light"}),
    "zh-dark-narrow": ("zh", NARROW, {"color_scheme": "dark"}),
}


@pytest.fixture(autouse=True)
def style_of_axe(complaints: Complaints) -> None:
    complaints.expect(COMPLAINT)


@pytest.mark.parametrize(("language", "screen", "options"), LOOKS.values(), ids=LOOKS)
def test_no_page_has_barriers_or_is_wider_than_the_screen(
    desk: RunningDesk,
    enter: Callable[..., AgentPage],
    number: str,
    language: str,
    screen: dict[str, Any],
    options: dict[str, Any],
) -> None:
    agent = enter("李雷", language, screen, **options)
    page = agent.page

    def look(state: str) -> None:
        expect_accessible(page, state)
        expect_no_sideways_scroll(page)

    look("an empty queue")
    desk.bot_says(number, "是这笔吗？", "是这笔", "不是")
    desk.hand_over(number, findings=[{"cause": "risk_declined", "values": {"transaction": "pay_9f1c0a7be24d5310"}}])
    desk.hand_over(number.replace("TEST", "FRAD"), reason="fraud", topic="report_fraud", user_id=None)
    expect(agent.waiting(number)).to_be_visible()
    look("a queue with two")
    page.keyboard.press("?")
    look("the keys")
    page.keyboard.press("Escape")
    agent.claim(number)
    desk.say(number, "好的")
    expect(agent.line("好的")).to_be_visible()
    look("a conversation")
    agent.part("canned-open").click()
    look("ready-made replies")
    agent.part("canned-filter").press("Escape")
    agent.part("resolve").click()
    look("a question")
    page.keyboard.press("Escape")
    if agent.part("details-open").is_visible():
        agent.part("details-open").click()
    agent.part("note").fill("备注")
    agent.part("note-save").click()
    expect(agent.part("note-shown")).to_be_visible()
    agent.part("reveal-open").click()
    agent.part("reveal-reason").fill("核对交易号")
    agent.part("reveal-show").click()
    expect(agent.part("revealed")).to_be_visible()
    look("details with a note and a reveal")
    if agent.part("details-close").is_visible():
        agent.part("details-close").click()
    agent.do("defer")
    expect(page.locator("[data-change=defer]")).to_be_visible()
    agent.visit("/cases?show=mine")
    look("cases")
