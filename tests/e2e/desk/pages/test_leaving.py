"""A page whose sign-in is being ended asks for nothing: it would be refused, and led to the door from where it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.desk.pages.agent_page import AgentPage

Enter = Callable[..., AgentPage]

_NEWS = "document.body.dispatchEvent(new CustomEvent('desk:queue'))"
_SIGN_IN = re.compile(r"/sign-in$")


def test_a_page_that_is_signed_out_gives_up_what_it_was_asking_for(enter: Enter) -> None:
    agent = enter()
    _visit_without_news(agent, "/cases")
    _hold(agent.page, "**/frame")
    with agent.page.expect_request("**/frame"):
        agent.page.evaluate(_NEWS)
    agent.part("account-menu").locator("summary").click()
    leaving = _hold(agent.page, "**/sign-out")
    with agent.page.expect_event("requestfailed", lambda request: _path(request) == "/frame"):
        agent.part("sign-out").click(no_wait_after=True)
    while not leaving:
        agent.page.wait_for_timeout(10)
    leaving[0].continue_()

    expect(agent.page).to_have_url(_SIGN_IN)


def test_a_page_that_is_signed_out_asks_for_nothing_more(enter: Enter) -> None:
    agent = enter()
    _visit_without_news(agent, "/cases")
    agent.part("account-menu").locator("summary").click()
    asked = _send_amid_news(agent.page, "sign-out")

    expect(agent.page).to_have_url(_SIGN_IN)
    assert asked[:2] == ["/sign-out", "/sign-in"]


def test_a_page_on_which_a_password_is_chosen_asks_for_nothing_until_it_is_there_again(
    enter: Enter, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    agent = enter()
    _visit_without_news(agent, "/account")
    for field in ("old_password", "new_password", "repeated_password"):
        agent.page.locator(f"#{field}").fill("horse correct staple")
    asked = _send_amid_news(agent.page, "save-password")

    expect(agent.part("problem")).to_be_visible()
    agent.page.wait_for_load_state()
    with agent.page.expect_request("**/frame"):
        agent.page.evaluate(_NEWS)
    assert asked.count("/frame") == 1


def _visit_without_news(agent: AgentPage, path: str) -> None:
    """Open a page which hears of nothing but what the test tells it."""
    _hold(agent.page, "**/live")
    with agent.page.expect_request("**/live"):
        agent.page.goto(agent.url + path)


def _hold(page: Page, address: str) -> list[Route]:
    """Give no answer to what the page asks for there; what it asked."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))
    return waiting


def _send_amid_news(page: Page, button: str) -> list[str]:
    """Press the button of a form, with news in the moment in which it is sent; the paths asked for from now on."""
    asked: list[str] = []
    page.evaluate(f"() => {{ window.addEventListener('submit', () => {_NEWS}); }}")
    page.on("request", lambda request: asked.append(_path(request)))
    page.locator(f"[data-role={button}]").click()
    return asked


def _path(request: Request) -> str:
    return urlsplit(request.url).path
