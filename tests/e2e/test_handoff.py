"""The line under the header: where the user stands between the assistant and a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.fake_channel import FakeChannel, claims_of
from tests.e2e.test_keyboard import tab_to
from tests.e2e.widget_page import Widget

SERVED = {"number": "H-7", "agent": "李雷"}
QUEUED = {"number": "H-7", "position": 2, "wait": [3, 8]}
CASE = {"number": "H-7", "due_at": "2031-05-06T07:08:00+00:00", "why": "closed"}
STATES: dict[str, tuple[str, dict[str, Any], dict[str, list[str]]]] = {
    "requested": ("requested", {}, {"zh": ["正在为您联系人工客服"], "en": ["Getting a person for you"]}),
    "queued": ("queued", QUEUED, {"zh": ["第 2 位", "3-8分钟"], "en": ["number 2 in line", "3–8 minutes"]}),
    "next": ("queued", {"position": 1, "wait": [1, 1]}, {"zh": ["下一位", "1分钟"], "en": ["next", "about 1 minute."]}),
    "unknown": ("queued", {"position": 4}, {"zh": ["第 4 位", "还说不准"], "en": ["number 4", "can't tell yet"]}),
    "claimed": ("claimed", SERVED, {"zh": ["李雷正在为您服务"], "en": ["李雷 is with you"]}),
    "active": ("active", SERVED, {"zh": ["李雷正在为您服务"], "en": ["李雷 is with you"]}),
    "on_hold": ("on_hold", SERVED, {"zh": ["李雷正在为您查询"], "en": ["李雷 is looking into it"]}),
    "case": ("case", CASE, {"zh": ["H-7", "2031年5月6日 15:08"], "en": ["H-7", "6 May 2031 at 15:08"]}),
    "returned": ("returned", {}, {"zh": ["智能助手继续为您服务"], "en": ["The assistant is back"]}),
}
ASSISTANT = {"zh": "智能助手", "en": "Digital assistant"}
PERSON = {"zh": "人工客服", "en": "Agent"}
LEAVE = {"zh": "不等了", "en": "I'll stop waiting"}
SHANGHAI = {"timezone_id": "Asia/Shanghai"}


@pytest.mark.parametrize("name", STATES)
def test_the_user_sees_where_he_stands_and_who_answers(
    shown: Callable[..., Widget], channel: FakeChannel, language: str, name: str
) -> None:
    handoff, more, words = STATES[name]
    widget = shown(language, **SHANGHAI)
    expect(widget.service).to_contain_text(ASSISTANT[language])
    if handoff == "returned":
        channel.stand("active", **SERVED)
    channel.stand(handoff, **more)
    for word in words[language]:
        expect(widget.handoff).to_contain_text(word)
    is_served = handoff in ("claimed", "active", "on_hold")
    expect(widget.service).to_contain_text(f"李雷 · {PERSON[language]}" if is_served else ASSISTANT[language])
    expect(widget.leave_queue).to_be_visible(visible=handoff == "queued")


@pytest.mark.parametrize("handoff", ["resolved", "rated", "cancelled", "bot", None])
def test_the_line_goes_when_it_is_over(shown: Callable[..., Widget], channel: FakeChannel, handoff: str | None) -> None:
    widget = shown()
    channel.stand("active", **SERVED)
    expect(widget.handoff).to_contain_text("is with you")
    channel.stand(handoff, number="H-7")
    expect(widget.announced).to_be_empty()
    assert (widget.handoff.bounding_box() or {})["height"] == 0
    expect(widget.service).to_have_text(ASSISTANT["en"])


def test_that_the_assistant_is_back_is_told_until_the_user_goes_on(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    channel.say("user", "My payment failed", id="before")
    widget = shown()
    channel.stand("active", **SERVED)
    channel.say("person", "Back to the assistant.", agent="李雷")
    channel.stand("returned", number="H-7")
    channel.say("bot", "I am back.")
    expect(widget.announced).to_have_text("The assistant is back.")
    with widget.page.expect_request("**/events"):
        channel.end_streams()
    channel.say("bot", "Anything else?")
    expect(widget.answers).to_have_count(3)
    expect(widget.announced).to_have_text("The assistant is back.")
    widget.write("what are the fees?")
    expect(widget.announced).to_be_empty()
    widget.page.reload()
    widget.open()
    expect(widget.own).to_have_count(2)
    expect(widget.announced).to_be_empty()


def test_the_place_in_the_queue_is_announced_and_the_guess_of_the_wait_is_not(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.stand("queued", **QUEUED)
    expect(widget.announced).to_have_text("You are number 2 in line.")
    expect(widget.announced).to_have_role("status")
    widget.announced.evaluate(
        "told => { window.announced = 0;"
        " new MutationObserver(() => { window.announced += 1; }).observe(told, { childList: true, subtree: true }); }"
    )
    channel.stand("queued", **{**QUEUED, "wait": [2, 5]})
    expect(widget.handoff).to_contain_text("2–5 minutes")
    assert widget.page.evaluate("announced") == 0
    channel.stand("queued", **{**QUEUED, "position": 1})
    expect(widget.announced).to_have_text("You are next in line.")
    assert widget.page.evaluate("announced") == 1


def test_who_stops_waiting_says_so_by_the_button_that_the_server_made(
    shown: Callable[..., Widget], channel: FakeChannel, language: str
) -> None:
    widget = shown(language)
    channel.stand("queued", **QUEUED)
    expect(widget.leave_queue).to_have_text(LEAVE[language])
    widget.leave_queue.click()
    expect(widget.own).to_have_attribute("data-state", "sent")
    assert widget.texts("user") == [LEAVE[language]]
    (posted,) = channel.posted
    assert claims_of(posted["choice"])["title"] == LEAVE[language]


def test_a_device_that_has_no_such_button_yet_says_it_in_words(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    channel.choices = {}
    widget = shown()
    channel.stand("queued", **QUEUED)
    widget.leave_queue.click()
    expect(widget.own).to_have_attribute("data-state", "sent")
    (posted,) = channel.posted
    assert posted["text"] == LEAVE["en"]


def test_the_queue_is_left_by_keyboard_and_the_keyboard_stays_in_the_panel(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.stand("queued", **QUEUED)
    expect(widget.leave_queue).to_be_visible()
    expect(widget.input).to_be_focused()
    assert tab_to(widget, widget.leave_queue, backwards=True)
    widget.page.keyboard.press("Enter")
    expect(widget.own).to_have_count(1)
    channel.stand("cancelled", number="H-7")
    expect(widget.log).to_be_focused()


def test_where_the_user_stands_is_still_there_after_a_reload_and_in_the_other_language(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.stand("active", **SERVED)
    expect(widget.announced).to_have_text("李雷 is with you.")
    widget.page.reload()
    widget.open()
    expect(widget.announced).to_have_text("李雷 is with you.")
    widget.part("language").click()
    expect(widget.announced).to_have_text("李雷正在为您服务。")
