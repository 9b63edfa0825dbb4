"""axe-core finds nothing wrong with the log of conversations, and it fits on a phone."""

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


@pytest.fixture(autouse=True)
def style_of_axe(complaints: Complaints) -> None:
    complaints.expect(COMPLAINT)


@pytest.mark.parametrize(("language", "screen", "options"), LOOKS.values(), ids=LOOKS)
def test_no_page_has_barriers_or_is_wider_than_the_screen(
    enter: Callable[..., LeadPage], language: str, screen: dict[str, Any], options: dict[str, Any]
) -> None:
    lead = enter(language, screen, **options)
    page = lead.page

    def look(state: str) -> None:
        expect_accessible(page, state)
        expect_no_sideways_scroll(page)

    lead.visit("/conversations?language=en&confidence_below=0.5")
    expect(lead.part("chip")).to_have_count(2)
    lead.part("more-filters-open").click()
    look("a list with a filter")
    lead.part("saved-open").click()
    look("saved filters")
    page.keyboard.press("Escape")
    lead.visit("/conversations?topic=ask_refund")
    expect(lead.part("conversations-empty")).to_be_visible()
    look("an empty list")
    lead.visit("/conversations/odd?behind=yes")
    lead.part("line-note").first.focus()
    page.keyboard.press("Enter")
    expect(lead.part("line-note-words")).to_be_focused()
    look("a conversation")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(lead.part("keys")).to_be_visible()
    look("the keys")
