"""Letters of the desk: each is taken once, and only where it may follow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conversations.visitors import assert_refused
from tests.stack.switchboard import PLACE, Connection, Switchboard
from tests.stack.web import WebAnswer
from tests.stack.widget import new_id

pytestmark = pytest.mark.conversation

TEXT = {"zh": "额度明天恢复", "en": "Your limit is back tomorrow"}


def letter_of(connection: Connection, **changes: Any) -> dict[str, Any]:
    """A whole letter, both a line and a change."""
    whole = {"id": new_id(), "number": connection.number, "agent": "李雷", "text": "在的", "change": "claim", **PLACE}
    return {**whole, **changes}


def assert_illegal(answer: WebAnswer, state: str, number: str | None) -> None:
    """The conversation stands where this may not follow, which is told."""
    assert (answer.status, answer.body["code"]) == (409, "illegal_change")
    assert (answer.body["state"], answer.body["number"]) == (state, number)
    assert set(answer.body) == {"code", "message", "state", "number"}


def test_the_longest_line_is_taken_and_a_longer_one_refused(connection: Connection) -> None:
    connection.go("claim")
    letter = TEXT[connection.language][0]
    connection.write(letter * 4000).expect(200)
    assert_refused(connection.write(letter * 4001), 413, "body_too_large")
    assert_refused(connection.write(letter * 100_000), 413, "body_too_large")
    assert_refused(connection.write("a" * 1_000_000), 413, "body_too_large")
    assert [len(message["text"]) for message in connection.guest.messages()][-1] == 4000


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d pair", "😀", "<script>x</script>", "/restart", "{number}"])
def test_a_line_reaches_the_user_as_it_was_written(waiting: Connection, text: str) -> None:
    waiting.go("claim").write(text).expect(200)
    written = waiting.guest.messages()[-1]
    assert (written["author"], written["agent"], written["text"]) == ("person", "李雷", text)


def test_a_secret_that_a_person_writes_is_cut_out_too(connection: Connection) -> None:
    connection.go("claim").write("6222 0212 3456 7890 128").expect(200)
    assert "6222" not in connection.guest.messages()[-1]["text"]


def test_a_line_is_written_once_however_often_it_is_sent(connection: Connection) -> None:
    connection.go("claim")
    letter, text = new_id(), TEXT[connection.language]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: connection.write(text, letter).expect(200), range(20)))
    assert len({answer["seq"] for answer in answers}) == 1
    assert connection.write("something else", letter).expect(200)["seq"] == answers[0]["seq"]
    assert [message["text"] for message in connection.guest.messages() if message["author"] == "person"] == [text]


def test_a_change_is_made_once_however_often_it_is_sent(connection: Connection) -> None:
    letter, before = new_id(), len(connection.guest.messages())
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: connection.change("claim", letter).expect(200), range(20)))
    assert {answer["state"] for answer in answers} == {"claimed"}
    assert len(connection.guest.messages()) == before + 1


def test_a_letter_sent_again_after_the_next_one_changes_nothing(waiting: Connection) -> None:
    claim, hold = new_id(), new_id()
    waiting.change("claim", claim).expect(200)
    waiting.change("hold", hold).expect(200)
    before = waiting.guest.messages()
    assert waiting.change("claim", claim).expect(200)["state"] == "on_hold"
    assert waiting.change("hold", hold).expect(200)["state"] == "on_hold"
    assert waiting.guest.messages() == before


def test_letters_to_many_conversations_at_once_are_all_taken(switchboard: Switchboard) -> None:
    connections = [switchboard.connect() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda connection: connection.go("claim", "answer", "answer", "return"), connections))
    for connection in connections:
        people = [message for message in connection.guest.messages() if message["author"] == "person"]
        assert (len(people), connection.state) == (2, "returned")


@pytest.mark.parametrize(
    ("before", "change", "state"),
    [
        ((), "hold", "queued"),
        ((), "return", "queued"),
        ((), "transfer", "queued"),
        (("claim",), "claim", "claimed"),
        (("claim",), "move", "claimed"),
        (("claim",), "cancel", "claimed"),
        (("claim", "answer"), "claim", "active"),
        (("claim", "hold"), "hold", "on_hold"),
        (("claim", "return"), "resolve", "returned"),
        (("claim", "resolve"), "return", "resolved"),
        (("cancel",), "claim", "cancelled"),
        (("defer",), "claim", "case"),
        (("defer",), "return", "case"),
    ],
)
def test_a_change_that_may_not_follow_is_refused_with_where_it_stands(
    waiting: Connection, before: tuple[str, ...], change: str, state: str
) -> None:
    waiting.go(*before)
    said = waiting.guest.messages()
    assert_illegal(waiting.change(change), state, waiting.number)
    assert (waiting.guest.messages(), waiting.state) == (said, state)


@pytest.mark.parametrize("before", [(), ("claim", "return"), ("claim", "resolve"), ("cancel",)])
def test_a_person_who_does_not_serve_cannot_write(waiting: Connection, before: tuple[str, ...]) -> None:
    waiting.go(*before)
    said = waiting.guest.messages()
    assert_illegal(waiting.write("在吗"), waiting.state or "", waiting.number)
    assert waiting.guest.messages() == said


@pytest.mark.parametrize("kind", ["messages", "changes"])
def test_a_number_that_the_conversation_has_never_had_is_refused(
    switchboard: Switchboard, waiting: Connection, kind: str
) -> None:
    waiting.go("claim")
    said = waiting.guest.messages()
    letter = letter_of(waiting, number="WH-0000-0000", change="resolve")
    assert_illegal(switchboard.api.post(f"conversations/{waiting.guest.id}/{kind}", letter), "claimed", waiting.number)
    assert waiting.guest.messages() == said


def test_a_conversation_that_nobody_handed_over_takes_no_letter(switchboard: Switchboard, waiting: Connection) -> None:
    other = switchboard.connect()
    other.number = waiting.number
    said = other.guest.messages()
    answer = other.change("claim")
    assert (answer.status, answer.body["state"]) == (409, "queued")
    assert answer.body["number"] != waiting.number
    assert other.guest.messages() == said
