"""The widget's stream: what is said, who types, who serves, from where the reader was."""

from __future__ import annotations

import time
from itertools import takewhile

import pytest

from tests.conversations.visitors import (
    assert_refused,
)
from tests.stack.widget import ServerEvent, WidgetConversation

pytestmark = pytest.mark.conversation

NO_HANDOFF = dict.fromkeys(("handoff", "number", "position", "wait", "agent", "due_at", "why", "opens_at"))


def test_a_stream_brings_what_is_said_and_who_types(visitor: WidgetConversation) -> None:
    with visitor.stream() as events:
        assert next(events) == ServerEvent("state", NO_HANDOFF, None)
        seq = visitor.send("你好")
        until_still = list(takewhile(lambda event: event.data != {"author": "bot", "on": False}, events))
    assert until_still[0] == ServerEvent("typing", {"author": "bot", "on": True}, None)
    said = [event for event in until_still if event.kind == "message"]
    assert said[0].seq == seq
    assert [event.data for event in said] == visitor.messages()


def test_a_stream_goes_on_after_the_last_event_that_was_seen(visitor: WidgetConversation) -> None:
    seen = visitor.send("你好")
    visitor.send("谢谢")
    expected = visitor.messages(seen)
    with visitor.stream(after=seen) as events:
        assert [next(events).data for _ in expected] == expected


def test_all_streams_of_a_conversation_bring_the_same(visitor: WidgetConversation) -> None:
    with visitor.stream() as first, visitor.stream() as second:
        next(first), next(second)
        seq = visitor.send("你好")
        for events in (first, second):
            assert next(event.seq for event in events if event.kind == "message") == seq


def test_a_case_is_told_as_a_state(visitor: WidgetConversation) -> None:
    with visitor.stream() as events:
        next(events)
        visitor.send("人工")
        state = next(event.data for event in events if event.kind == "state")
    assert (state["handoff"], state["why"], set(state)) == ("case", "nobody", set(NO_HANDOFF))
    assert state["number"] in visitor.messages()[-1]["text"]


def test_a_session_may_not_open_streams_without_end(visitor: WidgetConversation) -> None:
    opened = [visitor.stream() for _ in range(12)]
    for stream in opened:
        next(stream.__enter__())
    try:
        assert_refused(visitor.get("events"), 429, "too_many_requests")
    finally:
        for stream in opened:
            stream.__exit__(None, None, None)
    deadline = time.monotonic() + 30
    while guest_is_refused(visitor):
        assert time.monotonic() < deadline


def guest_is_refused(visitor: WidgetConversation) -> bool:
    """Whether no stream can be opened, after those that were open have been left."""
    try:
        with visitor.stream() as events:
            return next(events) is None
    except AssertionError:
        time.sleep(0.2)
        return True
