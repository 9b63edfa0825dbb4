"""A button pressed before the scripts of a page are there does what it says once they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from bot.desk.agents.payloads import Role
from tests.e2e.desk.pages.running_desk import RunningDesk
from tests.e2e.desk.review.lead_page import LeadPage


def test_a_correction_opens_after_a_press_on_a_page_half_loaded(
    enter: Callable[..., LeadPage], conversations: list[int]
) -> None:
    lead = enter()
    late = open_without_scripts(lead.page, f"{lead.url}/conversations/odd")
    lead.page.locator(f"[hx-target='#correction-{conversations[0]}']").click()
    assert lead.part("correction-find").count() == 0
    late.continue_()
    expect(lead.part("correction-find")).to_be_visible()


def test_what_is_asked_about_first_is_asked_about_after_an_early_press_too(
    desk: RunningDesk, enter: Callable[..., LeadPage], new_context: Callable[..., Any]
) -> None:
    enter()
    context = new_context("en")
    token = desk.sign_in("admin", "Zhao Min", Role.ADMIN, "en")
    context.add_cookies([{"name": "desk_session", "value": token, "url": desk.url}])
    page = context.new_page()
    late = open_without_scripts(page, f"{desk.url}/agents")
    page.locator("[data-role=disable]").first.click()
    late.continue_()
    expect(page.locator("#sure")).to_be_visible()
    assert page.url == f"{desk.url}/agents"


def open_without_scripts(page: Page, address: str) -> Route:
    """Open a page that waits for one of its scripts; what lets it come."""
    waiting: list[Route] = []
    page.route("**/static/desk.js", lambda route: waiting.append(route))
    page.goto(address, wait_until="commit")
    expect(page.locator("#main")).to_be_visible()
    return waiting[0]
