"""What a hand-off looks like on every screen: no barriers, nothing cut off, nothing that moves unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import expect_accessible
from tests.e2e.fake_channel import FakeChannel
from tests.e2e.screens import DESKTOP, NARROW, PHONE, RUNNING, ZOOMED, expect_inside, expect_no_sideways_scroll
from tests.e2e.widget_page import Widget

LONG_NAME = "Maximiliane von und zu Hohenfels-Langenburg"
LOOKS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "zh-light-desktop": ("zh", DESKTOP, {"color_scheme": "light"}),
    "en-dark-desktop": ("en", DESKTOP, {"color_scheme": "dark"}),
    "zh-dark-phone": ("zh", PHONE, {"color_scheme": "dark"}),
    "en-light-narrow-phone": ("en", NARROW, {"color_scheme": "light"}),
    "en-200-percent": ("en", ZOOMED, {"color_scheme": "light"}),
    "en-forced-colours": ("en", DESKTOP, {"forced_colors": "active"}),
}
STANDINGS: list[dict[str, Any]] = [
    {"handoff": "requested"},
    {"handoff": "queued", "position": 12, "wait": None},
    {"handoff": "active", "agent": LONG_NAME},
    {"handoff": "on_hold", "agent": "李雷"},
    {"handoff": "case", "number": "H-20310506-0007", "due_at": "2031-05-06T07:08:00+00:00"},
    {"handoff": "returned"},
]


def play(channel: FakeChannel, agent: str) -> None:
    """A person has said something and goes on writing."""
    channel.say("user", "人工", id="asked")
    channel.say("bot", "A person is on the way.")
    channel.say("person", "Good day, I am looking at your payment.", agent=agent)
    channel.type("person")


@pytest.mark.parametrize(("language", "screen", "options"), LOOKS.values(), ids=LOOKS)
def test_no_state_has_barriers(
    shown: Callable[..., Widget], channel: FakeChannel, language: str, screen: dict[str, Any], options: dict[str, Any]
) -> None:
    widget = shown(language, screen, **options)
    play(channel, LONG_NAME)
    for standing in STANDINGS:
        channel.stand(**standing)
        expect(widget.handoff).to_have_attribute("data-state", standing["handoff"])
        if "agent" in standing:
            channel.type("person")
            expect(widget.part("typing")).to_contain_text(standing["agent"])
        expect_accessible(widget.page, standing["handoff"])


@pytest.mark.parametrize("screen", [NARROW, ZOOMED], ids=["narrow-phone", "200-percent"])
def test_the_line_fits_and_leaves_room_for_what_is_said(
    shown: Callable[..., Widget], channel: FakeChannel, language: str, screen: dict[str, Any]
) -> None:
    widget = shown(language, screen)
    play(channel, LONG_NAME)
    widget.input.fill("one\ntwo\nthree\nfour\nfive\nsix")
    for standing in STANDINGS:
        channel.stand(**standing)
        expect(widget.handoff).to_have_attribute("data-state", standing["handoff"])
        for part in (widget.handoff, widget.input, widget.send, widget.part("close"), widget.part("menu")):
            expect_inside(widget.page, part)
        assert widget.handoff.evaluate("line => line.scrollWidth <= line.clientWidth")
        height = (widget.log.bounding_box() or {"height": 0})["height"]
        assert height >= 44, standing
    expect_no_sideways_scroll(widget.page)


def test_the_way_out_of_the_queue_is_large_enough_for_a_finger(
    shown: Callable[..., Widget], channel: FakeChannel, language: str
) -> None:
    widget = shown(language, PHONE)
    channel.stand("queued", position=2)
    expect(widget.leave_queue).to_be_visible()
    box = widget.leave_queue.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44


def test_nothing_moves_while_a_person_writes_for_who_does_not_want_it(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown(reduced_motion="reduce")
    channel.stand("active", agent="李雷")
    play(channel, "李雷")
    expect(widget.part("typing")).to_be_visible()
    assert widget.element.evaluate(RUNNING) == []
