"""Signing in at the desk, and the pages around the work, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.desk.desk_page import DeskPage, hire
from tests.e2e.screens import DESKTOP, PHONE, expect_no_sideways_scroll
from tests.stack.processes import Stack

pytestmark = pytest.mark.conversation

LOOKS = {"zh-dark-phone": ("zh", "dark", PHONE), "en-light-desktop": ("en", "light", DESKTOP)}
HOSTILE = "<img src=x onerror=alert(1)>"


def test_whoever_signs_in_by_keyboard_is_at_the_queue_and_out_again(
    stack: Stack, desk_page: Callable[..., DeskPage]
) -> None:
    worker, desk = hire(stack, "Anna"), desk_page("en")
    desk.visit("/cases")
    desk.expect_page("sign-in")
    desk.page.keyboard.type(worker.name)
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("correct horse battery")
    desk.page.keyboard.press("Enter")
    expect(desk.page).to_have_url(re.compile(r"/cases$"))
    desk.sign_out()
    desk.page.go_back()
    desk.visit()

    desk.expect_page("sign-in")


def test_a_wrong_password_is_told_and_the_name_stays(
    desk_page: Callable[..., DeskPage], complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    desk = desk_page("zh")
    desk.visit()
    desk.try_to_sign_in("nobody", "not his password")

    expect(desk.part("problem")).to_have_text("登录名或密码不对。")
    expect(desk.page.locator("#name")).to_have_value("nobody")
    expect(desk.page.locator("#password")).to_be_focused()


def test_the_language_is_switched_from_any_page_and_stays(at_the_desk: Callable[..., DeskPage]) -> None:
    desk = at_the_desk("Anna")
    desk.visit("/account")
    desk.open_account_menu()
    desk.part("switch-language").click()
    expect(desk.page.locator("html")).to_have_attribute("lang", "zh-CN")
    desk.visit("/cases")

    expect(desk.part("menu-cases")).to_have_text("工单")


def test_presence_is_switched_and_stays(at_the_desk: Callable[..., DeskPage]) -> None:
    desk = at_the_desk("Anna")
    desk.set_presence("available")
    desk.page.reload()
    expect(desk.part("presence")).to_have_attribute("data-status", "available")
    desk.visit("/account")
    desk.set_presence("away")

    expect(desk.part("presence-switch")).to_be_focused()


def test_somebody_is_disabled_only_after_a_second_thought(stack: Stack, at_the_desk: Callable[..., DeskPage]) -> None:
    other, desk = hire(stack, HOSTILE), at_the_desk("Li Hua", "admin")
    desk.visit("/agents")
    row = desk.part("agent").and_(desk.page.locator(f"[data-name='{other.name}']"))
    row.locator("[data-role=disable]").click()
    expect(desk.part("sure")).to_contain_text(HOSTILE)
    desk.page.keyboard.press("Escape")
    expect(row.locator("[data-role=disable]")).to_be_visible()
    row.locator("[data-role=disable]").click()
    desk.part("sure-yes").click()

    expect(row.locator("[data-role=enable]")).to_be_visible()


def test_a_role_is_set_by_choosing_it(stack: Stack, at_the_desk: Callable[..., DeskPage]) -> None:
    other, desk = hire(stack, "Tom"), at_the_desk("Li Hua", "admin")
    desk.visit("/agents")
    choice = desk.page.locator(f"[data-name='{other.name}'] [data-role=role]")
    with desk.page.expect_navigation():
        choice.select_option("lead")

    expect(choice).to_have_value("lead")


@pytest.mark.parametrize(("language", "theme", "screen"), LOOKS.values(), ids=LOOKS)
def test_the_pages_have_no_barriers_and_fit_on_the_screen(
    at_the_desk: Callable[..., DeskPage],
    desk_page: Callable[..., DeskPage],
    complaints: Complaints,
    language: str,
    theme: str,
    screen: dict[str, Any],
) -> None:
    complaints.expect(COMPLAINT)
    complaints.expect(NETWORK)
    door = desk_page(language, screen, color_scheme=theme)
    door.visit()
    expect_accessible(door.page, "the door")
    door.try_to_sign_in("nobody")
    expect_accessible(door.page, "the door, closed")
    expect_no_sideways_scroll(door.page)
    desk = at_the_desk("Li Hua", "admin", language, screen, color_scheme=theme)
    for path in ("/account", "/agents", "/audit", "/nowhere"):
        desk.visit(path)
        expect_accessible(desk.page, path)
        expect_no_sideways_scroll(desk.page)
    desk.visit("/agents")
    desk.open_account_menu()
    expect_accessible(desk.page, "with the menu of the account")
    desk.page.keyboard.press("Escape")
    desk.part("disable").first.click()
    expect_accessible(desk.page, "with a question")
