"""axe-core finds nothing wrong where leads correct lines, and it fits on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.desk.review.lead_page import LeadPage
from tests.e2e.screens import DESKTOP, NARROW, expect_no_sideways_scroll

LOOKS = {
    "zh-dark-desktop": ("zh", DESKTOP, {"color_scheme": "dark"}),
    "en-light-narrow": ("en", NARROW, {"color_scheme": "light"}),
}


@pytest.mark.parametrize(("language", "screen", "options"), LOOKS.values(), ids=LOOKS)
def test_no_page_of_learning_has_barriers_or_is_wider_than_the_screen(
    enter: Callable[..., LeadPage],
    conversations: list[int],
    complaints: Complaints,
    language: str,
    screen: dict[str, Any],
    options: dict[str, Any],
) -> None:
    complaints.expect(COMPLAINT)
    lead, misunderstood = enter(language, screen, **options), conversations[0]
    page = lead.page

    def look(state: str) -> None:
        expect_accessible(page, state)
        expect_no_sideways_scroll(page)

    lead.visit("/conversations/odd")
    page.locator(f"[hx-target='#correction-{misunderstood}']").click()
    expect(lead.part("correction-find")).to_be_visible()
    look("a correction")
    page.locator("[name=intent][value=ask_fees]").check(force=True)
    lead.part("correction-words").fill("how do i get the thingy")
    lead.part("correction-keep").click()
    expect(lead.part("correction-done")).to_be_visible()
    look("what was corrected")
    page.goto(f"{lead.url}/review-set")
    expect(lead.part("set-words").first).to_be_visible()
    look("the review set")
    lead.part("export").click()
    expect(lead.part("download-training").first).to_be_visible()
    look("an export")
