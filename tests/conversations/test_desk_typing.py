"""Who is typing: a person to the user, the user to the desk while a person serves, nobody to anybody else."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import pytest

from tests.conversations.visitors import assert_refused
from tests.stack.switchboard import Connection, Switchboard
from tests.stack.widget import ServerEvent

pytestmark = pytest.mark.conversation


def test_the_dots_of_a_person_are_shown_to_the_user(waiting: Connection) -> None:
    waiting.go("claim")
    with waiting.guest.stream(after=waiting.guest.messages()[-1]["seq"]) as events:
        next(events)
        for on in (True, False):
            assert waiting.api.typing(waiting.guest.id, on).status == 204
            assert next(events) == ServerEvent("typing", {"author": "person", "on": on}, None)


def test_the_dots_of_a_person_leave_nothing_behind(waiting: Connection) -> None:
    before = waiting.go("claim").guest.messages()
    waiting.api.typing(waiting.guest.id, True)
    assert waiting.guest.messages() == before


def test_nobody_sees_dots_in_another_conversation(switchboard: Switchboard, waiting: Connection) -> None:
    other = switchboard.connect()
    with other.guest.stream(after=other.guest.messages()[-1]["seq"]) as events:
        next(events)
        waiting.api.typing(waiting.guest.id, True)
        other.api.typing(other.guest.id, False)
        assert next(events).data == {"author": "person", "on": False}


@pytest.mark.parametrize("on", [None, "true", 1, [], {}])
def test_typing_is_on_or_off(waiting: Connection, on: Any) -> None:
    assert_refused(waiting.api.typing(waiting.guest.id, on), 400, "invalid_request")
    assert_refused(waiting.guest.typing(on), 400, "invalid_request")


def test_typing_in_a_conversation_that_does_not_exist_tells_nothing_of_that(waiting: Connection) -> None:
    assert waiting.api.typing("nobody", True).status == 204


@pytest.mark.parametrize("changes", [("claim",), ("claim", "answer"), ("claim", "hold")])
def test_the_desk_hears_that_the_user_types_while_a_person_serves(waiting: Connection, changes: tuple[str]) -> None:
    waiting.go(*changes)
    with waiting.api.news() as news:
        for on, told in ((True, "user_typing"), (False, "user_stopped_typing")):
            assert waiting.guest.typing(on).status == 204
            heard = next(item for item in news if item["conversation_id"] == waiting.guest.id)
            assert heard["news"] == told


@pytest.mark.parametrize("changes", [(), ("claim", "return"), ("defer",), ("cancel",)])
def test_nobody_hears_that_the_user_types_to_the_bot(waiting: Connection, changes: tuple[str, ...]) -> None:
    waiting.go(*changes)
    with waiting.api.news() as news:
        assert waiting.guest.typing(True).status == 204
        waiting.guest.send("你好")
        heard = next(item for item in news if item["conversation_id"] == waiting.guest.id)
    assert heard["news"] == "stored"


def test_typing_needs_a_session(waiting: Connection) -> None:
    waiting.guest.token = "x"
    assert_refused(waiting.guest.typing(True), 401, "unauthenticated")


def test_the_dots_of_the_bot_are_still_shown_in_the_queue(waiting: Connection) -> None:
    with waiting.guest.stream(after=waiting.guest.messages()[-1]["seq"]) as events:
        next(events)
        waiting.guest.send("你好")
        shown = list(takewhile(lambda event: event.data != {"author": "bot", "on": False}, events))
    assert shown[0] == ServerEvent("typing", {"author": "bot", "on": True}, None)
