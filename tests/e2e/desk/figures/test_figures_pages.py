"""The dashboard and the feedback in a lead's browser: charts, definitions, the conversations behind a figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.desk.figures.conftest import CHINESE
from tests.e2e.desk.review.lead_page import LeadPage
from tests.e2e.screens import DESKTOP, NARROW, expect_no_sideways_scroll

Enter = Callable[..., LeadPage]
LOOKS = {
    "zh-dark-desktop": ("zh", DESKTOP, {"color_scheme": "dark"}),
    "en-light-narrow": ("en", NARROW, {"color_scheme": "light"}),
}
# How many different colours stand on a canvas: an empty one has a single one.
_COLOURS = """chart => {
    const canvas = chart.querySelector('canvas');
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
}"""


def test_charts_are_drawn_and_a_series_is_taken_out_and_put_back(enter: Enter) -> None:
    lead = enter()
    lead.page.goto(f"{lead.url}/dashboard")
    trend = lead.part("trend")
    expect(trend).to_have_attribute("data-drawn", "yes")
    expect(trend.locator("canvas")).to_be_visible()
    lead.page.wait_for_function(f"() => ({_COLOURS})(document.querySelector('[data-role=trend]')) > 20")
    toggle = trend.locator("[data-toggles]").first
    for pressed in ("false", "true"):
        toggle.click()
        expect(toggle).to_have_attribute("aria-pressed", pressed)


def test_a_figure_says_what_it_is_and_leads_to_its_conversations(enter: Enter) -> None:
    lead = enter()
    lead.page.goto(f"{lead.url}/dashboard?language=zh")
    tile = lead.page.locator("[data-role=tile][data-figure=contained]")
    expect(tile.locator("[data-role=small]").first).to_be_visible()
    explain = tile.locator("[data-role=explain]").first
    assert explain.locator("summary").get_attribute("title") == explain.locator("p").first.text_content()
    explain.locator("summary").focus()
    lead.page.keyboard.press("Enter")
    expect(explain.locator("[data-role=definition]")).to_be_visible()
    lead.page.keyboard.press("Escape")
    expect(explain.locator("[data-role=definition]")).to_be_hidden()
    expect(_value(tile)).to_have_text(re.compile(r"^100\.0\s?%$"))
    _value(tile).click()
    expect(lead.rows).to_have_count(CHINESE)


def test_the_words_of_feedback_lead_to_where_they_were_said(enter: Enter) -> None:
    lead = enter()
    lead.page.goto(f"{lead.url}/feedback")
    line = lead.part("feedback-line").filter(has_text="hard to find 0")
    line.locator("[data-role=feedback-open]").click()
    lead.expect_conversation("said-0")
    expect(lead.lines.first).to_be_in_viewport()


@pytest.mark.parametrize(("language", "screen", "options"), LOOKS.values(), ids=LOOKS)
def test_no_page_of_figures_has_barriers_or_is_wider_than_the_screen(
    enter: Enter, complaints: Complaints, language: str, screen: dict[str, Any], options: dict[str, Any]
) -> None:
    complaints.expect(COMPLAINT)
    lead = enter(language, screen, **options)

    def look(path: str, state: str, *unfolded: str) -> None:
        lead.page.goto(lead.url + path)
        for part in unfolded:
            lead.page.locator(part).first.click()
        expect_accessible(lead.page, state)
        expect_no_sideways_scroll(lead.page)

    look("/dashboard", "the figures", "[data-role=trend] summary", "[data-role=rates] summary")
    look("/dashboard?language=zh&period=7", "few of them", "[data-role=explain] summary")
    look("/dashboard?channel=slack", "none")
    look("/feedback", "feedback", "[data-role=feedback-weeks] summary")
    look("/feedback?topic=payment_failure", "no feedback")


def _value(tile: Locator) -> Locator:
    return tile.locator(".headline [data-role=value]")
