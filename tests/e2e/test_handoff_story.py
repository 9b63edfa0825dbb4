"""A user and the people of the desk side by side, each in a browser of his own, with everything real between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.agent_page import AgentPage
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.conftest import NewContext
from tests.e2e.screens import DESKTOP, PHONE
from tests.e2e.wallet_page import WalletPage
from tests.stack.desk_person import DeskPerson
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

ShowWallet = Callable[..., WalletPage]
ShowDesk = Callable[..., AgentPage]

_NUMBER = re.compile(r"WH-[0-9A-Z]{4}-[0-9A-Z]{4}")
# What htmx writes when a request of its own was refused or could not be made.
_HTMX = "htmx:(afterRequest|sendError)|Response Status Error Code"
_AGENT = {"zh": "li", "en": "mei"}
_PERSON = {"zh": "人工", "en": "human"}
_FEES = {"zh": "信用卡充1000要手续费吗", "en": "Fee for 1000 by credit card?"}
_REPEAT = {"zh": "再说一遍", "en": "repeat that"}


@pytest.fixture(scope="module")
def people(stack: Stack) -> dict[str, DeskPerson]:
    """An agent of each language and a second one, whom the desk knows."""
    names = {"li": ("李雷", "zh"), "mei": ("Mei Han", "en"), "wei": ("王伟", "zh")}
    return {name: DeskPerson.new(stack, name, shown, language=language) for name, (shown, language) in names.items()}


@pytest.fixture
def agent_page(stack: Stack, people: dict[str, DeskPerson], new_context: NewContext) -> Iterator[ShowDesk]:
    """Opens the desk for one of them, on a device of his own; he goes off duty at the end."""
    opened = []

    def open_for(name: str, *device: object) -> AgentPage:
        page = AgentPage(new_context(*device).new_page(), stack)
        page.sign_in(name)
        opened.append(name)
        return page

    yield open_for
    for name in opened:
        people[name].be("away")


def _asks_for_person(wallet: WalletPage, language: str) -> str:
    """Ask for a person out of a failed payment; the number of the hand-off."""
    wallet.ask_for_help_with_failed()
    wallet.widget.say(_PERSON[language])
    found = _NUMBER.search(wallet.widget.answers.last.inner_text())
    assert found, wallet.widget.answers.last.inner_text()
    return found[0]


def _expect_state(wallet: WalletPage, state: str) -> None:
    expect(wallet.widget.handoff).to_have_attribute("data-state", state)


@pytest.mark.parametrize(("language", "screen"), [("zh", PHONE), ("en", DESKTOP)], ids=["zh-phone", "en-desktop"])
def test_a_user_is_served_by_a_person_and_goes_on_with_the_bot(
    wallet_page: ShowWallet, agent_page: ShowDesk, chen: WalletUser, language: str, screen: dict[str, Any]
) -> None:
    agent, wallet = agent_page(_AGENT[language], language), wallet_page(chen, language, screen)
    agent.be_available()
    widget, number = wallet.widget, _asks_for_person(wallet, language)
    _expect_state(wallet, "queued")
    expect(agent.waiting_row(number)).to_be_visible()

    agent.claim(number)
    _expect_state(wallet, "claimed")
    expect(agent.packet).to_be_visible()
    widget.input.press_sequentially("hello")
    expect(agent.typing).to_be_visible()
    widget.send.click()
    expect(agent.line("hello", "user")).to_be_visible()
    agent.answer.press_sequentially("hi")
    expect(widget.part("typing")).to_be_visible()
    agent.write("I see your payment.")
    expect(widget.messages.filter(has_text="I see your payment.")).to_have_attribute("data-author", "person")
    canned = agent.use_canned_reply("hello")
    expect(widget.messages.filter(has_text=canned)).to_have_attribute("data-author", "person")
    expect(widget.messages.and_(widget.element.locator("[data-author=bot]")).last).not_to_contain_text("hello")

    agent.do("return")
    expect(widget.stars.first).to_be_visible()
    widget.wait_until_still()
    widget.say(_REPEAT[language])
    expect(widget.answers.last).to_contain_text(canned)
    widget.say(_FEES[language])
    expect(widget.answers.last).to_contain_text("1,000")


def test_who_comes_second_to_a_claim_is_told_who_was_first(
    wallet_page: ShowWallet, agent_page: ShowDesk, chen: WalletUser, complaints: Complaints
) -> None:
    li, mei, wallet = agent_page("li"), agent_page("mei"), wallet_page(chen, "en")
    li.be_available()
    number = _asks_for_person(wallet, "en")
    expect(li.waiting_row(number)).to_be_visible()
    expect(mei.waiting_row(number)).to_be_visible()
    complaints.expect(f"{NETWORK}|{_HTMX}")
    # What Mei sees is a moment old, as over a slow line.
    mei.page.route("**/queue*", lambda route: route.abort())
    mei.page.route("**/live*", lambda route: route.abort())
    li.claim(number)
    mei.waiting_row(number).locator("[data-role=claim]").click()
    expect(mei.notice).to_contain_text("李雷")
    _expect_state(wallet, "claimed")
    li.write("Hello.")
    li.do("resolve")
    expect(wallet.widget.stars.first).to_be_visible()


def test_an_answer_to_a_case_waits_until_the_user_comes_back(
    stack: Stack, wallet_page: ShowWallet, agent_page: ShowDesk, chen: WalletUser, language: str
) -> None:
    wallet = wallet_page(chen, language)
    number = _asks_for_person(wallet, language)
    _expect_state(wallet, "case")
    device = wallet.page.context
    wallet.page.close()

    agent = agent_page(_AGENT[language], language)
    agent.open(number)
    agent.part("take").click()
    agent.write("The limit is raised.")
    agent.do("resolve")
    expect(agent.reader).to_be_visible()

    again = WalletPage(device.new_page(), stack)
    again.visit()
    again.sign_in(chen)
    expect(again.widget.badge).not_to_be_empty()
    again.widget.open()
    expect(again.widget.messages.filter(has_text="The limit is raised.")).to_have_attribute("data-author", "person")


def test_with_the_desk_down_the_request_is_taken_and_queued_when_it_is_back(
    stack: Stack, wallet_page: ShowWallet, agent_page: ShowDesk, chen: WalletUser, complaints: Complaints
) -> None:
    complaints.expect(f"{NETWORK}|{_HTMX}")
    agent, wallet = agent_page("li"), wallet_page(chen, "en")
    agent.be_available()
    stack.stop("desk")
    try:
        number = _asks_for_person(wallet, "en")
        _expect_state(wallet, "requested")
    finally:
        stack.start("desk")
    _expect_state(wallet, "queued")
    agent.show_queue()
    agent.claim(number)
    _expect_state(wallet, "claimed")
    agent.write("Hello.")
    agent.do("return")
    expect(wallet.widget.stars.first).to_be_visible()


def test_who_waits_no_longer_leaves_the_queue(
    wallet_page: ShowWallet, agent_page: ShowDesk, chen: WalletUser, language: str
) -> None:
    agent, wallet = agent_page(_AGENT[language], language), wallet_page(chen, language)
    agent.be_available()
    number = _asks_for_person(wallet, language)
    expect(agent.waiting_row(number)).to_be_visible()
    wallet.widget.leave_queue.click()
    expect(wallet.widget.handoff).to_be_hidden()
    expect(agent.waiting_row(number)).to_have_count(0)


def test_one_agent_looks_on_holds_and_passes_on_to_another(
    wallet_page: ShowWallet, agent_page: ShowDesk, chen: WalletUser
) -> None:
    li, mei, wallet = agent_page("li"), agent_page("mei"), wallet_page(chen, "en")
    for agent in (li, mei):
        agent.be_available()
    number = _asks_for_person(wallet, "en")
    li.claim(number)
    mei.open(number)
    expect(mei.reader).to_contain_text("李雷")
    expect(li.viewers).to_contain_text("Mei Han")
    li.do("hold")
    _expect_state(wallet, "on_hold")
    li.do("resume")
    _expect_state(wallet, "active")
    li.part("transfer").click()
    li.part("transfer-to").select_option(label="Mei Han")
    li.part("transfer-yes").click()
    expect(mei.answer).to_be_visible()
    expect(li.answer).to_have_count(0)
    mei.write("Mei here.")
    expect(wallet.widget.messages.filter(has_text="Mei here.")).to_have_attribute("data-author", "person")
    mei.do("resolve")
    expect(wallet.widget.stars.first).to_be_visible()
