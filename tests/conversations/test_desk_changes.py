"""What the user hears of each change, and what his side is told of where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.wording import names_of, says
from tests.fakes.desk_server import CASE
from tests.stack.switchboard import DUE_AT, HUMAN, PLACE, Connection, Switchboard
from tests.stack.widget import WidgetConversation

pytestmark = pytest.mark.conversation

LATER = "2026-03-13T09:00:00Z"
# What happened before, the change, the line that tells it.
LINES: list[tuple[tuple[str, ...], str, dict[str, Any], str, str]] = [
    ((), "claim", {}, "utter_handoff_claim", "claimed"),
    ((), "claim", {"agent": None}, "utter_handoff_claim", "claimed"),
    (("claim",), "hold", {}, "utter_handoff_hold", "on_hold"),
    (("claim", "hold"), "resume", {}, "utter_handoff_resume", "active"),
    (("claim", "answer"), "transfer", {"agent": "韩梅梅"}, "utter_handoff_transfer", "claimed"),
    (("claim", "answer"), "requeue", {}, "utter_handoff_requeued", "queued"),
    (("claim",), "requeue", {"wait": None}, "utter_handoff_requeued_open", "queued"),
    (("claim",), "return", {}, "utter_handoff_return", "returned"),
    (("claim",), "resolve", {}, "utter_handoff_resolve", "resolved"),
    (("claim", "hold"), "resolve", {}, "utter_handoff_resolve", "resolved"),
    (("claim",), "defer", {"why": None}, "utter_handoff_case_made", "case"),
    ((), "defer", {"why": "waited"}, "utter_handoff_case_waited", "case"),
    ((), "defer", {"why": "nobody"}, "utter_handoff_case_nobody", "case"),
    ((), "defer", {"why": "closed", "opens_at": LATER}, "utter_handoff_case_closed", "case"),
    ((), "defer", {"why": "closed"}, "utter_handoff_case_made", "case"),
    ((), "cancel", {}, "utter_handoff_cancel", "cancelled"),
    ((), "move", {}, "utter_handoff_next", "queued"),
    (("defer",), "resolve", {}, "utter_handoff_resolve", "resolved"),
    (("defer",), "queue", {}, "utter_handoff_queued", "queued"),
]


def said_by(connection: Connection, change: str, **more: Any) -> list[dict[str, Any]]:
    """What the user hears because of a change."""
    seen = connection.guest.messages()[-1]["seq"]
    connection.change(change, **more).expect(200)
    return connection.guest.messages(seen)


def assert_said(messages: list[dict[str, Any]], name: str, language: str) -> None:
    """The first line is this one, every value of it filled in."""
    told = [message["text"] for message in messages]
    assert says(told[:1], name, language), [names_of(text) for text in told]
    assert not [text for text in told if "{" in text or "None" in text]


@pytest.mark.parametrize(
    ("before", "change", "more", "line", "state"), LINES, ids=["-".join([*row[0], row[1], row[3]]) for row in LINES]
)
def test_every_change_has_its_line_and_its_state(
    connection: Connection, before: tuple[str, ...], change: str, more: dict[str, Any], line: str, state: str
) -> None:
    connection.go(*before)
    messages = said_by(connection, change, **more)
    assert_said(messages, line, connection.language)
    assert {message["author"] for message in messages} == {"bot"}
    assert connection.state == state


def test_the_agent_is_called_by_his_name(connection: Connection) -> None:
    (claimed,) = said_by(connection, "claim")
    assert "李雷" in claimed["text"]
    (passed_on,) = said_by(connection, "transfer", agent="韩梅梅")
    assert "韩梅梅" in passed_on["text"]


def test_a_place_further_back_is_shown_and_not_said(waiting: Connection) -> None:
    assert said_by(waiting, "move", position=3, wait=[5, 9]) == []
    standing = waiting.guest.standing()
    assert (standing["position"], standing["wait"]) == (3, [5, 9])


def test_who_is_next_is_told_so_once(waiting: Connection) -> None:
    assert len(said_by(waiting, "move", **PLACE)) == 1
    assert said_by(waiting, "move", **PLACE) == []
    assert said_by(waiting, "move", position=1, wait=[0, 1]) == []


def test_what_the_bot_said_when_it_asked_is_not_said_again(waiting: Connection) -> None:
    assert said_by(waiting, "queue", position=2, wait=[3, 8]) == []
    assert waiting.state == "queued"


def test_a_case_is_not_told_twice(switchboard: Switchboard, language: str) -> None:
    switchboard.desk.standing = CASE
    guest = WidgetConversation(switchboard.url, language=language)
    (told,) = guest.say(HUMAN[language])
    assert says([told["text"]], "utter_handoff_case_nobody", language)
    connection = Connection(switchboard.api, guest, switchboard.number_of(guest), language)
    assert said_by(connection, "defer", due_at=DUE_AT) == []


def test_a_request_kept_for_a_desk_that_was_away_is_told_once_it_is_there(
    switchboard: Switchboard, language: str
) -> None:
    switchboard.desk.is_away = True
    guest = WidgetConversation(switchboard.url, language=language)
    (told,) = guest.say(HUMAN[language])
    assert says([told["text"]], "utter_handoff_kept", language)
    assert guest.standing()["handoff"] == "requested"
    number = str(guest.standing()["number"])
    switchboard.desk.is_away = False
    connection = Connection(switchboard.api, guest, number, language)
    assert_said(said_by(connection, "queue", wait=None), "utter_handoff_queued_open", language)


def test_the_answer_to_a_case_reaches_the_user_and_leaves_the_bot_to_talk_on(connection: Connection) -> None:
    connection.go("defer")
    connection.write("已经查清楚了").expect(200)
    written = connection.guest.messages()[-1]
    assert (written["author"], written["agent"], connection.state) == ("person", "李雷", "case")
    assert connection.guest.say({"zh": "你好", "en": "hello"}[connection.language])
    resolved, *asked = said_by(connection, "resolve")
    assert_said([resolved], "utter_handoff_resolve", connection.language)
    assert [message["rates"] for message in asked] == ["person"]


def test_an_earlier_case_is_answered_and_closed_while_another_person_serves(
    switchboard: Switchboard, connection: Connection
) -> None:
    language, guest = connection.language, connection.guest
    connection.go("defer")
    guest.say({"zh": "付款失败了", "en": "my payment failed"}[language])
    guest.send(HUMAN[language])
    later = Connection(switchboard.api, guest, switchboard.number_of(guest), language).go("claim")
    assert later.number != connection.number
    connection.write("您上次的问题查清楚了").expect(200)
    assert_said(said_by(connection, "resolve"), "utter_case_resolved", language)
    assert later.state == "claimed"
    refused = connection.change("claim")
    assert (refused.status, refused.body["state"], refused.body["number"]) == (409, "claimed", later.number)


def test_stars_for_a_person_are_asked_for_apart_from_those_for_the_bot(connection: Connection) -> None:
    connection.go("claim", "answer")
    *_, asked = said_by(connection, "return")
    assert (asked["asks"], asked["rates"], len(asked["buttons"])) == ("rating", "person", 5)
    thanked = connection.guest.messages(connection.guest.tap(asked["buttons"][4]["token"]).expect(202)["seq"])
    assert says([thanked[0]["text"]], "utter_rated_well", connection.language)
    tapped = next(message for message in reversed(connection.guest.messages()) if message["author"] == "user")
    assert (tapped["stars"], tapped["rates"], connection.state) == (5, "person", "rated")


def test_a_stream_tells_where_it_stands_at_once_and_with_every_change(waiting: Connection) -> None:
    with waiting.guest.stream(after=waiting.guest.messages()[-1]["seq"]) as events:
        states = (event.data for event in events if event.kind == "state")
        assert next(states) == {
            "handoff": "queued",
            "number": waiting.number,
            "position": 2,
            "wait": [3, 8],
            "agent": None,
            "due_at": None,
            "why": None,
            "opens_at": None,
        }
        waiting.change("move", position=1, wait=None).expect(200)
        moved = next(states)
        assert (moved["handoff"], moved["position"], moved["wait"]) == ("queued", 1, None)
        waiting.change("claim").expect(200)
        claimed = next(states)
        assert (claimed["handoff"], claimed["agent"]) == ("claimed", "李雷")
        waiting.write("在的").expect(200)
        assert next(states)["handoff"] == "active"
        waiting.change("defer", why=None).expect(200)
        made = next(states)
        assert (made["handoff"], made["due_at"], made["why"]) == ("case", DUE_AT, None)


def test_a_line_of_a_person_comes_over_the_stream_with_his_name(waiting: Connection) -> None:
    waiting.go("claim")
    with waiting.guest.stream(after=waiting.guest.messages()[-1]["seq"]) as events:
        next(events)
        seq = waiting.write("在的").expect(200)["seq"]
        message = next(event for event in events if event.kind == "message")
    assert (message.seq, message.data["author"], message.data["agent"]) == (seq, "person", "李雷")
