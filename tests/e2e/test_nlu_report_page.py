"""The report on understanding in a browser: no barriers, no sideways scroll, cells that show their lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.measure.page import page_of
from bot.measure.report import Source, measure
from bot.measure.rows import NOTHING, Row
from bot.measure.wording import Words
from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.screens import DESKTOP, NARROW, PHONE, expect_no_sideways_scroll

EVIL = "<img src=x onerror=alert(1)></script><script>alert('x')</script>"
INTENTS = "login_failure payment_failure topup_failure transfer_failure ask_fees ask_limits ask_refund greet".split()
LOOKS = {
    "zh-light-desktop": ("zh", "light", DESKTOP),
    "en-dark-desktop": ("en", "dark", DESKTOP),
    "en-light-phone": ("en", "light", PHONE),
    "zh-dark-narrow": ("zh", "dark", NARROW),
}

Open = Callable[..., Page]


def rows() -> list[Row]:
    """Every intent for another, in both languages, the surer the further down; one that is evil, one without words."""
    made = [
        Row(f"{gold} {place}", gold, taken, 0.1 + 0.1 * place, (taken, gold), place > 3, language, 0.003)
        for language, count in (("zh", 6), ("en", 8))
        for place, gold in enumerate(INTENTS[:count])
        for taken in (gold, gold, INTENTS[(place * 3) % len(INTENTS)])
    ]
    made.append(Row(EVIL, "ask_fees", "ask_refund", 0.87, ("ask_refund",), True, "en", 0.004))
    return [*made, Row("!!!", "greet", NOTHING, 0.0, (), False, "undecided", 0.001)]


@pytest.fixture(autouse=True)
def style_of_axe(complaints: Complaints) -> None:
    complaints.expect(COMPLAINT)


@pytest.fixture
def opened(new_context: Callable[..., Any], tmp_path: Path) -> Open:
    """Shows the report on a new device."""

    def show(language: str = "en", screen: dict[str, Any] = DESKTOP, **options: Any) -> Page:
        source = Source("hotline-0123456789ab.tar.gz", "2026-03-01T08:31:00.5", ("zh_lines.jsonl", "en_lines.jsonl"))
        path = tmp_path / f"{language}.html"
        path.write_text(page_of(measure(rows(), INTENTS, source), rows(), Words(language)), encoding="utf-8")
        page: Page = new_context(language, screen, **options).new_page()
        page.goto(path.as_uri())
        return page

    return show


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part={name}]")


def cell(page: Page, name: str, gold: str, predicted: str) -> Locator:
    return part(page, name).locator(f"[data-gold={gold}][data-predicted={predicted}]")


@pytest.mark.parametrize(("language", "theme", "screen"), LOOKS.values(), ids=LOOKS)
def test_the_report_has_no_barriers_and_is_not_wider_than_the_screen(
    opened: Open, language: str, theme: str, screen: dict[str, Any]
) -> None:
    page = opened(language, screen, color_scheme=theme)
    expect_accessible(page, "at first")
    expect_no_sideways_scroll(page)
    for summary in part(page, "all").locator("summary").all():
        summary.click()
    cell(page, "all", "ask_fees", "ask_refund").click()
    expect_accessible(page, "with figures and a cell open")
    expect_no_sideways_scroll(page)
    page.locator("[data-show=en]").click()
    expect_accessible(page, "another part")
    expect_no_sideways_scroll(page)


def test_one_part_is_shown_at_a_time(opened: Open) -> None:
    page = opened()

    expect(part(page, "all")).to_be_visible()
    expect(part(page, "zh")).to_be_hidden()
    page.locator("[data-show=zh]").click()
    expect(part(page, "zh")).to_be_visible()
    expect(part(page, "all")).to_be_hidden()
    expect(page.locator("[data-show=zh]")).to_have_attribute("aria-pressed", "true")


def test_a_cell_shows_its_lines_the_surest_first_and_an_evil_one_as_text(opened: Open) -> None:
    page = opened()
    cell(page, "all", "ask_fees", "ask_refund").click()

    shown = part(page, "all").locator(".cell")
    expect(shown.locator("h4")).to_have_text("ask_fees taken for ask_refund: 1")
    expect(shown.locator("q")).to_have_text([EVIL])
    cell(page, "all", "transfer_failure", "transfer_failure").click()
    expect(shown.locator("li")).to_have_count(4)
    expect(shown.locator("li").first).to_contain_text("would ask back")


def test_a_cell_of_a_language_shows_the_lines_of_that_language(opened: Open) -> None:
    page = opened()
    page.locator("[data-show=zh]").click()
    cell(page, "zh", "transfer_failure", "transfer_failure").click()

    expect(part(page, "zh").locator(".cell li")).to_have_count(2)


def test_closing_a_cell_gives_the_focus_back_to_it(opened: Open) -> None:
    page = opened()
    opener = cell(page, "all", "ask_fees", "ask_refund")
    opener.focus()
    page.keyboard.press("Enter")
    part(page, "all").locator(".close").click()

    expect(part(page, "all").locator(".cell")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_heading_sorts_by_its_column_and_again_the_other_way(opened: Open) -> None:
    page = opened()
    table = part(page, "all").locator(".intents")
    supports = table.locator("tbody td:nth-child(5)")
    head = table.get_by_role("button", name="labelled")

    head.click()
    falling = [int(text) for text in supports.all_inner_texts()]
    head.click()
    rising = [int(text) for text in supports.all_inner_texts()]

    assert falling == sorted(falling, reverse=True)
    assert rising == sorted(rising)
    assert falling != rising


def test_without_a_script_every_part_is_there(opened: Open) -> None:
    page = opened(java_script_enabled=False)

    for name in ("all", "zh", "en", "undecided"):
        expect(part(page, name)).to_be_visible()
    expect(page.locator(".choice")).to_be_hidden()
