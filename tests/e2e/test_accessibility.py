"""axe-core finds nothing wrong with the widget and the demo's page, whatever they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import COMPLAINT, expect_accessible
from tests.e2e.complaints import Complaints
from tests.e2e.host_page import HostPage
from tests.e2e.screens import DESKTOP, PHONE
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

VIEWS = ["home", "pay", "topup", "limits", "cards", "mailbox", "security"]
WORKS = {"zh": "可以了", "en": "it works now"}
SIGN_IN_FAILS = {"zh": "登录不了了", "en": "I can't log in"}
PASSWORD = {"zh": "我的密码是hunter2X", "en": "my password is hunter2X"}
LOOKS = {
    "zh-light-desktop": ("zh", "light", DESKTOP),
    "en-dark-desktop": ("en", "dark", DESKTOP),
    "en-light-phone": ("en", "light", PHONE),
}
LOOKS_OF_PAGE = {"zh-dark-phone": ("zh", "dark", PHONE), "en-light-desktop": ("en", "light", DESKTOP)}


@pytest.fixture(autouse=True)
def style_of_axe(complaints: Complaints) -> None:
    complaints.expect(COMPLAINT)


@pytest.mark.parametrize(("language", "theme", "screen"), LOOKS.values(), ids=LOOKS)
def test_the_widget_has_no_barriers(
    host_page: Callable[..., HostPage], language: str, theme: str, screen: dict[str, Any]
) -> None:
    host = host_page(language, screen)
    host.visit(theme=theme)
    widget, page = host.widget, host.page
    expect_accessible(page, "closed")
    widget.open()
    expect_accessible(page, "empty")
    widget.say(SIGN_IN_FAILS[language])
    expect_accessible(page, "with buttons")
    widget.open_menu()
    expect_accessible(page, "with its menu")
    widget.part("start-over").click()
    expect(widget.part("confirm")).to_be_visible()
    expect_accessible(page, "with a confirmation")
    widget.part("cancel").click()
    widget.write(PASSWORD[language])
    expect(widget.notice).not_to_be_empty()
    expect_accessible(page, "with a notice")
    widget.input.fill("")
    widget.say(WORKS[language])
    expect(widget.stars).to_have_count(5)
    expect_accessible(page, "with stars to give")
    widget.stars.nth(3).click()
    expect(widget.stars.nth(3)).to_have_attribute("aria-checked", "true")
    widget.wait_until_still()
    expect_accessible(page, "with stars given")


@pytest.mark.parametrize(("language", "theme", "screen"), LOOKS_OF_PAGE.values(), ids=LOOKS_OF_PAGE)
def test_the_demo_s_page_has_no_barriers(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str, theme: str, screen: dict[str, Any]
) -> None:
    wallet = wallet_page(None, language, screen, color_scheme=theme)
    expect_accessible(wallet.page, "signed out")
    wallet.sign_in(chen)
    for view in VIEWS:
        wallet.go(view)
        expect_accessible(wallet.page, view)
    for view in ("transfer", "withdraw"):
        wallet.go_by_home(view)
        expect_accessible(wallet.page, view)
    wallet.pay("500")
    expect_accessible(wallet.page, "declined")
    wallet.ask_for_help()
    expect_accessible(wallet.page, "with help")
