"""What comes at the same moment: a claim and the user's messages, a claim and the user who leaves the queue."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.conversations.wording import says
from tests.stack.switchboard import Connection, Switchboard
from tests.stack.widget import new_id

pytestmark = pytest.mark.conversation

ROUNDS = 50
HELLO = {"zh": "你好", "en": "hello"}
LEAVE = {"zh": "不等了", "en": "I'll stop waiting"}


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each answers when all begin at the same moment."""
    barrier = Barrier(len(calls))

    def begin(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(begin, calls))


def assert_answered_before_the_claim_or_not_at_all(connection: Connection, sent: dict[str, str], seen: int) -> None:
    """Each message is there once; the bot has greeted for those before the claim, and for none behind it."""
    messages = connection.guest.messages(seen)
    users = [message for message in messages if message["author"] == "user"]
    assert sorted(message["id"] for message in users) == sorted(sent)
    claims = [says([message["text"]], "utter_handoff_claim", connection.language) for message in messages]
    assert claims.count(True) == 1
    place = claims.index(True)
    before, behind = messages[:place], messages[place + 1 :]
    assert {message["author"] for message in behind} <= {"user"}
    assert [message["author"] for message in before] == ["user", "bot"] * (len(before) // 2)
    greetings = [message["text"] for message in before if message["author"] == "bot"]
    assert all(says([text], "utter_greet", connection.language) for text in greetings)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_sent_while_a_person_claims_is_answered_by_one_of_them(
    switchboard: Switchboard, language: str
) -> None:
    for place in range(ROUNDS // 2):
        connection = switchboard.connect(language)
        seen = connection.guest.messages()[-1]["seq"]
        ids = {new_id(): HELLO[language] for _ in range(3)}
        sends = [lambda each=each: connection.guest.send(HELLO[language], each) for each in ids]  # noqa: B023
        claim = lambda: connection.change("claim").expect(200)  # noqa: B023, E731
        calls = [*sends[: place % 4], claim, *sends[place % 4 :]]
        at_once(*calls)
        assert_answered_before_the_claim_or_not_at_all(connection, ids, seen)
        assert connection.state == "claimed"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_queue_is_left_or_the_person_is_there_but_never_both(switchboard: Switchboard, language: str) -> None:
    for place in range(ROUNDS // 2):
        connection = switchboard.connect(language)
        claims = [lambda: claim(switchboard, connection), lambda: connection.guest.say(LEAVE[language])]  # noqa: B023
        is_taken = at_once(*(claims if place % 2 else reversed(claims)))[0 if place % 2 else 1]
        left = says([message["text"] for message in connection.guest.messages()], "utter_handoff_cancel", language)
        assert left is not is_taken
        assert connection.state == ("claimed" if is_taken else "cancelled")
        assert (connection.number in switchboard.desk.cancelled) is left
        assert bool(connection.guest.say(HELLO[language])) is left


def claim(switchboard: Switchboard, connection: Connection) -> bool:
    """Whether a person has taken it at the desk, and so in the conversation."""
    is_taken = switchboard.desk.take(connection.number)
    if is_taken:
        connection.change("claim").expect(200)
    return is_taken


def test_two_letters_at_once_are_taken_one_after_the_other(waiting: Connection) -> None:
    waiting.go("claim")
    seen = waiting.guest.messages()[-1]["seq"]
    texts = [f"{place}" for place in range(12)]
    seqs = at_once(*(lambda text=text: waiting.write(text).expect(200)["seq"] for text in texts))
    messages = waiting.guest.messages(seen)
    assert sorted(message["text"] for message in messages) == sorted(texts)
    assert [message["seq"] for message in messages] == sorted(seqs)


def test_an_agent_and_the_user_who_write_at_once_are_both_heard(waiting: Connection) -> None:
    waiting.go("claim")
    seen = waiting.guest.messages()[-1]["seq"]
    at_once(*(lambda: waiting.write("在的").expect(200) for _ in range(5)), *(lambda: waiting.guest.send("在吗"),) * 5)
    authors = [message["author"] for message in waiting.guest.messages(seen)]
    assert (authors.count("person"), authors.count("user"), len(authors)) == (5, 5, 10)


def test_a_return_and_a_message_at_once_are_answered_once_or_recorded(waiting: Connection) -> None:
    for _ in range(ROUNDS // 5):
        waiting.go("claim")
        seen = waiting.guest.messages()[-1]["seq"]
        at_once(lambda: waiting.change("requeue").expect(200), lambda: waiting.guest.send("你好"))
        told = [message["text"] for message in waiting.guest.messages(seen) if message["author"] == "bot"]
        greetings = [text for text in told if says([text], "utter_greet", "zh")]
        order = [message["author"] for message in waiting.guest.messages(seen)]
        assert len(greetings) == (1 if order[0] == "bot" else 0)
        assert len(told) == 1 + len(greetings)
