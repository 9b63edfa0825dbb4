"""What is said gets to the server once and in order: over a killed server, without a network, after failures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.host_page import HostPage
from tests.e2e.widget_page import THIS_ONE, Widget
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

FAILED = {"zh": "付款失败了", "en": "My payment failed"}
OFFLINE = {"zh": "离线", "en": "offline"}
WAITS = {"zh": "恢复后会自动发送", "en": "Will be sent when you are back online"}
NOT_SENT = "our service is not available"
SAID = {
    "zh": ["充1000要手续费吗", "我的限额是多少", "怎么设置密码"],
    "en": ["fee for 1000?", "my limits?", "is it safe?"],
}
OVER = {"zh": "那个问题已经过去了", "en": "That question is already over"}
CHANNEL = "**/webhooks/widget/**"


@pytest.fixture(autouse=True)
def network_complaints(complaints: Complaints) -> None:
    complaints.expect(NETWORK)


def expect_sent_once(widget: Widget, texts: list[str]) -> None:
    """These are the user's lines, here and on the server."""
    widget.wait_until_still()
    expect(widget.own).to_have_count(len(texts))
    assert widget.texts("user") == texts
    widget.expect_same_as_stored()


def test_nothing_is_lost_or_doubled_when_the_server_is_killed_while_a_message_is_on_its_way(
    host_page: Callable[..., HostPage], stack: Stack, chen: WalletUser
) -> None:
    host = host_page("zh")
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    widget.say(FAILED["zh"])

    with host.page.expect_request(lambda request: request.method == "POST" and "messages" in request.url):
        widget.write("充1000要手续费吗")
    stack.kill("bot")
    try:
        widget.write("人工")
        expect(widget.connection).not_to_be_empty()
        expect(widget.own).to_have_count(3)
        expect(widget.own.last).to_have_attribute("data-state", "waiting")
    finally:
        stack.start("bot")

    expect(widget.connection).to_be_empty()
    expect_sent_once(widget, [FAILED["zh"], "充1000要手续费吗", "人工"])


def test_what_is_written_offline_waits_survives_a_reload_and_is_sent_in_order(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    host = host_page(language)
    host.visit(chen.user_id)
    widget, context = host.widget, host.page.context
    first, *later = SAID[language]
    widget.open()
    widget.say(first)

    context.set_offline(True)
    widget.write(later[0])
    expect(widget.own.last).to_have_attribute("data-state", "waiting")
    expect(widget.own.last).to_contain_text(WAITS[language])
    expect(widget.connection).to_contain_text(OFFLINE[language])

    context.route(CHANNEL, lambda route: route.abort())
    context.set_offline(False)
    host.page.reload()
    widget.launcher.click()
    expect(widget.own).to_have_count(1)
    widget.write(later[1])
    expect(widget.own).to_have_count(2)
    assert widget.texts("user") == later

    context.unroute(CHANNEL)
    expect(widget.connection).to_be_empty()
    expect_sent_once(widget, SAID[language])


def test_a_message_that_fails_again_and_again_says_so_and_can_be_sent_again(
    host_page: Callable[..., HostPage], chen: WalletUser
) -> None:
    host = host_page()
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    tried: list[str] = []

    def refuse(route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        tried.append(route.request.post_data_json["id"])
        route.fulfill(status=500, json={"code": "internal", "message": "no"}, headers=allow(host))

    host.page.route("**/webhooks/widget/messages*", refuse)
    widget.write(FAILED["en"])
    expect(widget.own).to_have_attribute("data-state", "failed")
    expect(widget.own).to_contain_text(NOT_SENT)
    assert len(tried) > 1
    host.page.unroute("**/webhooks/widget/messages*")

    widget.part("retry").click()
    widget.wait_for_answer()
    expect_sent_once(widget, [FAILED["en"]])
    (stored,) = (message for message in widget.stored() if message["author"] == "user")
    assert set(tried) == {stored["id"]}


def test_a_message_whose_confirmation_was_lost_is_not_doubled(
    host_page: Callable[..., HostPage], chen: WalletUser
) -> None:
    host = host_page()
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    lost: list[str] = []

    def lose_the_first_answers(route: Route) -> None:
        if route.request.method != "POST" or len(lost) == 2:
            route.fallback()
            return
        lost.append(route.request.post_data_json["id"])
        route.fetch()
        route.abort()

    host.page.route("**/webhooks/widget/messages*", lose_the_first_answers)
    widget.write(FAILED["en"])
    widget.wait_for_answer()
    widget.say(SAID["en"][0])
    expect_sent_once(widget, [FAILED["en"], SAID["en"][0]])
    assert lost


def test_an_answer_that_comes_too_late_is_taken_back_with_a_word(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    host = host_page(language)
    host.visit(chen.user_id)
    widget, context = host.widget, host.page.context
    widget.open()
    widget.say(FAILED[language])
    context.set_offline(True)
    widget.choice(THIS_ONE[language]).click()
    expect(widget.own.last).to_have_attribute("data-state", "waiting")
    meanwhile = SAID[language][0]
    host.say_elsewhere(meanwhile)
    context.set_offline(False)
    expect(widget.notice).to_contain_text(OVER[language])
    expect_sent_once(widget, [FAILED[language], meanwhile])


def allow(host: HostPage) -> dict[str, str]:
    """What lets the page read an answer that a test has made."""
    return {"Access-Control-Allow-Origin": host.stack.url("wallet")}
