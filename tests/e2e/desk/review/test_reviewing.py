"""A lead works through the review queue by keyboard, and goes from what was not understood to the very line."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.desk.pages.running_desk import RunningDesk
from tests.e2e.desk.review.lead_page import LeadPage
from tests.e2e.screens import DESKTOP, NARROW, PHONE, expect_no_sideways_scroll
from tests.integration.desk.review.talk import Record, Talk, payment_talk

HOUR = 3600
LINES = ["怎么开通乘车码", "乘车码怎么开通", "乘车码在哪里开通", "我想开通乘车码", "乘车码开通不了"]
LOOKS = {
    "zh-light-desktop": ("zh", DESKTOP, {"color_scheme": "light"}),
    "en-dark-desktop": ("en", DESKTOP, {"color_scheme": "dark"}),
    "en-light-phone": ("en", PHONE, {"color_scheme": "light"}),
    "zh-dark-narrow": ("zh", NARROW, {"color_scheme": "dark"}),
}


@pytest.fixture(scope="module", autouse=True)
def left_behind(desk: RunningDesk, conversations: list[int], folder: Path) -> list[int]:
    """Two conversations to review, and one of lines that are alike; the seqs of these."""
    record = Record(f"sqlite:///{folder}/var/conversations.sqlite")
    now = time.time()

    async def keep() -> list[int]:
        await record.keep("unsolved-older", payment_talk(now - 4 * HOUR))
        await record.keep("unsolved-newer", payment_talk(now - 3 * HOUR))
        talk = Talk(now - 40 * 24 * HOUR)
        for number in range(60):
            talk.user(f"行 {number}", "greet", language="zh").bot("您好")
        talk.wait(20 * 24 * HOUR)
        for line in LINES:
            talk.not_understood(line, ("ask_usage", 0.38), ("ask_fees", 0.2), language="zh")
        return (await record.keep("metro", talk))[-len(LINES) :]

    try:
        return asyncio.run(keep())
    finally:
        record.close()


def test_the_queue_is_worked_through_by_keys(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.page.goto(f"{lead.url}/review")
    reason = lead.page.locator("[data-role=reason][data-reason=unsolved]")
    before = int(reason.get_attribute("data-count") or 0)

    reason.locator("[data-role=next-of]").click()
    lead.expect_conversation("unsolved-newer")
    expect(lead.part("is-turn")).to_be_visible()
    lead.page.keyboard.press("f")
    expect(lead.part("flag")).to_be_checked()
    lead.page.keyboard.press("4")
    expect(lead.page.locator("[data-role=own-verdict][data-verdict=wrong_step]")).to_be_visible()
    expect(lead.part("is-flagged")).to_be_visible()
    expect(lead.part("verdict-next")).to_be_focused()

    lead.page.keyboard.press("f")
    expect(lead.part("is-flagged")).to_have_count(0)
    lead.part("take-back").click()
    expect(lead.part("skip")).to_be_visible()
    lead.page.keyboard.press("2")
    expect(lead.page.locator("[data-role=own-verdict][data-verdict=misunderstood]")).to_be_visible()
    lead.page.keyboard.press("g")
    lead.expect_conversation("unsolved-older")
    expect(lead.part("skip")).to_be_visible()
    lead.page.keyboard.press("s")
    lead.expect_conversation("long")

    lead.page.goto(f"{lead.url}/review")
    expect(lead.part("has-turn")).to_be_visible()
    expect(lead.part("latest").locator("li")).to_have_count(1)
    assert int(reason.get_attribute("data-count") or 0) == before - 2


def test_single_keys_can_be_switched_off_and_never_act_while_one_writes(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit("/conversations/odd")
    expect(lead.part("give-verdict")).to_have_count(7)
    lead.part("note").press_sequentially("4 f s")
    expect(lead.part("note")).to_have_value("4 f s")
    expect(lead.part("flag")).not_to_be_checked()
    lead.page.keyboard.press("Escape")
    lead.page.keyboard.press("?")
    lead.part("single-keys").uncheck()
    lead.page.keyboard.press("Escape")
    expect(lead.part("keys")).to_be_hidden()
    lead.page.keyboard.press("f")
    lead.page.keyboard.press("1")
    expect(lead.part("flag")).not_to_be_checked()
    expect(lead.part("give-verdict")).to_have_count(7)


def test_what_was_not_understood_leads_to_the_very_line(enter: Callable[..., LeadPage], left_behind: list[int]) -> None:
    lead = enter("zh")
    lead.page.goto(f"{lead.url}/unknown?days=30&language=zh")
    group = lead.part("group").first
    expect(group).to_have_attribute("data-count", str(len(LINES)))
    expect(group.locator("[data-role=unknown-line]")).to_have_count(3)
    lead.part("show-group").click()
    expect(group.locator("[data-role=unknown-line]")).to_have_count(len(LINES))
    expect(lead.part("show-group")).to_have_count(0)

    seq = left_behind[0]
    lead.page.locator(f"[data-role=unknown-line][data-seq='{seq}'] [data-role=to-line]").click()
    lead.expect_conversation("metro")
    line = lead.page.locator(f"#line-{seq}")
    expect(line).to_contain_text(LINES[0])
    expect(line).to_be_in_viewport()


@pytest.mark.parametrize(("language", "screen", "options"), LOOKS.values(), ids=LOOKS)
def test_no_page_has_barriers_or_is_wider_than_the_screen(
    enter: Callable[..., LeadPage],
    complaints: Complaints,
    language: str,
    screen: dict[str, Any],
    options: dict[str, Any],
) -> None:
    complaints.expect(COMPLAINT)
    lead = enter(language, screen, **options)

    def look(state: str) -> None:
        expect_accessible(lead.page, state)
        expect_no_sideways_scroll(lead.page)

    lead.visit("/conversations/long")
    lead.part("give-verdict").nth(5).click()
    expect(lead.part("own-verdict")).to_be_visible()
    look("a verdict that was given")
    lead.page.goto(f"{lead.url}/review")
    look("the review queue")
    lead.page.goto(f"{lead.url}/unknown")
    lead.part("show-group").first.click()
    expect(lead.part("all-lines")).to_be_visible()
    look("what was not understood")
    lead.page.goto(f"{lead.url}/unknown?days=7&language=zh")
    expect(lead.part("empty")).to_be_visible()
    look("nothing that was not understood")
