"""The person who has the conversation is told that the user is writing, and nobody else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.fake_channel import FakeChannel
from tests.e2e.widget_page import Widget

_PATIENCE_SECONDS = 30
AGENT = {"number": "H-7", "agent": "李雷"}


@pytest.fixture
def served(shown: Callable[..., Widget], channel: FakeChannel) -> Widget:
    """A panel in whose conversation a person is; time passes when the test says so."""
    channel.stand("active", **AGENT)
    widget = shown()
    expect(widget.announced).to_have_text("李雷 is with you.")
    stop_time(widget)
    return widget


def stop_time(widget: Widget) -> None:
    """Let time pass only where the test says so."""
    widget.page.clock.install(time="2031-05-06T07:08:00Z")
    widget.page.clock.pause_at("2031-05-06T07:09:00Z")


def told(channel: FakeChannel, count: int) -> list[bool]:
    """What has been told, when so much has arrived."""
    with channel.heard:
        assert channel.heard.wait_for(lambda: len(channel.typed) >= count, _PATIENCE_SECONDS), channel.typed
    return channel.typed


def test_writing_is_told_at_most_every_three_seconds(served: Widget, channel: FakeChannel) -> None:
    served.input.press_sequentially("hello")
    assert told(channel, 1) == [True]
    served.page.clock.run_for(2900)
    served.input.press_sequentially(" my")
    served.page.clock.run_for(200)
    served.input.press_sequentially(" pay")
    assert told(channel, 2) == [True, True]


def test_five_seconds_of_quiet_end_it(served: Widget, channel: FakeChannel) -> None:
    served.input.press_sequentially("hello")
    served.page.clock.run_for(4900)
    assert told(channel, 1) == [True]
    served.page.clock.run_for(200)
    assert told(channel, 2) == [True, False]
    served.page.clock.run_for(60_000)
    served.input.press_sequentially("o")
    assert told(channel, 3) == [True, False, True]


@pytest.mark.parametrize("way", ["send", "close", "leave the page", "clear"])
def test_it_ends_when_nothing_more_is_written(served: Widget, channel: FakeChannel, way: str) -> None:
    served.input.press_sequentially("hello")
    told(channel, 1)
    if way == "send":
        served.input.press("Enter")
    elif way == "close":
        served.part("close").click()
    elif way == "clear":
        served.input.fill("")
    else:
        served.page.goto("about:blank")
    assert told(channel, 2) == [True, False]


@pytest.mark.parametrize("handoff", [None, "requested", "queued", "case", "returned"])
def test_nothing_is_told_while_no_person_is_there(
    shown: Callable[..., Widget], channel: FakeChannel, handoff: str | None
) -> None:
    channel.stand(handoff, **AGENT)
    widget = shown()
    stop_time(widget)
    widget.input.press_sequentially("hello")
    widget.page.clock.run_for(6000)
    channel.stand("claimed", **AGENT)
    expect(widget.announced).to_have_text("李雷 is with you.")
    widget.input.press_sequentially("!")
    assert told(channel, 1) == [True]


def test_what_was_written_is_not_in_it(served: Widget, channel: FakeChannel) -> None:
    with served.page.expect_request("**/webhooks/widget/typing") as waited:
        served.input.press_sequentially("h")
    assert waited.value.post_data_json == {"on": True}
    assert waited.value.headers["authorization"].startswith("Bearer ")
    told(channel, 1)
