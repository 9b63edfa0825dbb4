"""The widget on small and enlarged screens, without motion, with the colours a reader has chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.host_page import HostPage
from tests.e2e.screens import NARROW, PHONE, RUNNING, ZOOMED, expect_inside, expect_no_sideways_scroll
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

FAILED = {"zh": "付款失败了", "en": "My payment failed"}
_IDS = ["zh-narrow-phone", "en-narrow-phone", "en-200-percent"]


def leave_unanswered(route: Route) -> None:
    """Let a message be on its way for as long as the test lasts."""
    if route.request.method != "POST":
        route.fallback()


@pytest.mark.parametrize("screen", [NARROW, ZOOMED], ids=["narrow-phone", "200-percent"])
def test_everything_needed_is_on_the_screen(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str, screen: dict[str, Any]
) -> None:
    host = host_page(language, screen)
    host.visit(chen.user_id)
    widget, page = host.widget, host.page
    expect_inside(page, widget.launcher)
    widget.open()
    widget.say(FAILED[language])
    widget.input.fill("one\ntwo\nthree\nfour\nfive\nsix")
    for part in (widget.input, widget.send, widget.part("close"), widget.part("menu"), widget.part("language")):
        expect_inside(page, part)
    height = (widget.log.bounding_box() or {"height": 0})["height"]
    assert height >= 44
    expect_no_sideways_scroll(page)


@pytest.mark.parametrize(("language", "screen"), [("zh", NARROW), ("en", NARROW), ("en", ZOOMED)], ids=_IDS)
def test_no_view_of_the_demo_s_page_scrolls_sideways(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str, screen: dict[str, Any]
) -> None:
    wallet = wallet_page(None, language, screen)
    expect_no_sideways_scroll(wallet.page)
    wallet.sign_in(chen)
    for view in ("home", "pay", "topup", "limits", "cards", "mailbox", "security"):
        wallet.go(view)
        expect_no_sideways_scroll(wallet.page)
    for view in ("transfer", "withdraw"):
        wallet.go_by_home(view)
        expect_no_sideways_scroll(wallet.page)


def test_targets_on_a_phone_are_large_enough_for_a_finger(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    host = host_page(language, PHONE)
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    widget.say(FAILED[language])
    sizes = widget.panel.evaluate(
        "panel => [...panel.querySelectorAll('button, textarea')].filter(each => each.offsetParent)"
        ".map(each => [each.dataset.role, each.getBoundingClientRect().width, each.getBoundingClientRect().height])"
    )
    assert [size for size in sizes if min(size[1:]) < 44] == []


def test_nothing_moves_for_who_does_not_want_it(host_page: Callable[..., HostPage]) -> None:
    host = host_page(reduced_motion="reduce")
    host.visit()
    widget, page = host.widget, host.page
    page.route("**/webhooks/widget/messages", leave_unanswered)
    widget.open()
    widget.write("hello")
    expect(widget.part("typing")).to_be_visible()
    assert widget.element.evaluate(RUNNING) == []
    page.unroute_all(behavior="ignoreErrors")


def test_the_colours_a_reader_forces_leave_the_buttons_visible(host_page: Callable[..., HostPage]) -> None:
    host = host_page(forced_colors="active")
    host.visit()
    widget = host.widget
    for part in (widget.launcher, widget.send):
        if part == widget.send:
            widget.open()
            widget.input.fill("hello")
        expect_inside(host.page, part)
        border, colour, ground = part.evaluate(
            "each => { const { borderStyle, color, backgroundColor } = getComputedStyle(each);"
            " return [borderStyle, color, backgroundColor]; }"
        )
        assert border != "none" or colour != ground
        drawing = part.locator("svg").first.evaluate(
            "drawing => { const { stroke, fill } = getComputedStyle(drawing); return [stroke, fill]; }"
        )
        assert ground not in [each for each in drawing if each != "none"]
