"""Five hundred messages from bot to person to bot while both processes are killed: each arrives once, in order."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from itertools import pairwise
from threading import Event, Thread
from typing import Any

import pytest

from tests.stack.desk_person import DeskPerson
from tests.stack.processes import Stack
from tests.stack.web import WebAnswer
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation

_ASKED_BEFORE, _WRITTEN, _ANSWERED, _ASKED_AFTER = 60, 190, 190, 60
_FEE = "信用卡充值{amount}元手续费多少"
_PATIENCE = 120.0  # seconds for one message to be taken
_POLL = 0.1
_PAUSES = (2.0, 6.0)  # seconds between a start and the next kill
_SEED = 11

Message = dict[str, Any]
Line = tuple[str, str]  # id and text


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of this test's own, since it is killed again and again; its user may write as fast as he can."""
    started = Stack(tmp_path_factory.mktemp("handoff") / "var")
    started.settings["HOTLINE_WIDGET_MESSAGES_PER_SESSION"] = "100000"
    try:
        started.start_all()
        yield started
    finally:
        started.stop_all()


def test_each_message_arrives_once_and_in_order(stack: Stack) -> None:
    li, user = DeskPerson.new(stack, "li", "李雷"), WidgetConversation(stack.url("bot"))
    asked_before, asked_after = _questions(_ASKED_BEFORE, 3001), _questions(_ASKED_AFTER, 5001)
    asked_for, written, answered = [(new_id(), "转人工")], _lines("用户", _WRITTEN), _lines("人工", _ANSWERED)
    with li.on_duty():
        with _kills(stack, "bot"):
            _send(user, asked_before)
        _send(user, asked_for)
        number = _state(user, "queued")["number"]
        li.claim(number).expect(200)
        _state(user, "claimed")
        with _kills(stack, "bot", "desk"):
            answering = Thread(target=_answer, args=(li, number, answered))
            answering.start()
            _send(user, written)
            answering.join()
        _until_taken(lambda: li.post(f"/handoffs/{number}/change/return"), 204)
        _state(user, "returned")
        with _kills(stack, "bot", "desk"):
            _send(user, asked_after)
    messages = _messages(user)
    assert _of("user", messages) == [*asked_before, *asked_for, *written, *asked_after]
    assert [text for _, text in _of("person", messages)] == [text for _, text in answered]
    for question in (*asked_before, *asked_after):
        assert _is_answered_once(messages, question), question
    assert not [message for message in _while_served(messages, written) if message["author"] == "bot"]


def _questions(count: int, first: int) -> list[Line]:
    return [(new_id(), _FEE.format(amount=first + number)) for number in range(count)]


def _lines(author: str, count: int) -> list[Line]:
    return [(new_id(), f"{author}说第 {number} 句") for number in range(count)]


def _send(user: WidgetConversation, lines: list[Line]) -> None:
    for message_id, text in lines:
        _until_taken(lambda body={"id": message_id, "text": text}: user.post(body), 202)


def _answer(person: DeskPerson, number: str, lines: list[Line]) -> None:
    for letter_id, text in lines:
        _until_taken(lambda text=text, letter_id=letter_id: person.write(number, text, letter_id), 200)


def _until_taken(send: Callable[[], WebAnswer], taken: int) -> None:
    """Send the same again until it is taken, as widget and page do while a process is away."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        said: object = "no answer"
        with suppress(OSError, HTTPException):
            said = send()
        if isinstance(said, WebAnswer) and said.status == taken:
            return
        assert time.monotonic() < deadline, said
        time.sleep(_POLL)


@contextmanager
def _kills(stack: Stack, *names: str) -> Iterator[None]:
    """Kill one of the processes at some moment, start it again, for as long as the block lasts and once at least."""
    is_over, failures = Event(), []

    def kill() -> None:
        moments = random.Random(f"{_SEED} {names}")  # noqa: S311 - when to kill is no secret
        try:
            while True:
                time.sleep(moments.uniform(*_PAUSES))
                name = moments.choice(names)
                stack.kill(name)
                stack.start(name)
                if is_over.is_set():
                    return
        except BaseException as error:
            failures.append(error)

    killer = Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        is_over.set()
        killer.join()
    assert failures == []


def _state(user: WidgetConversation, wanted: str) -> dict[str, Any]:
    """The hand-off once it is in that state, as the user's stream tells it."""
    with user.stream() as events:
        return next(event.data for event in events if event.kind == "state" and event.data["handoff"] == wanted)


def _messages(user: WidgetConversation) -> list[Message]:
    messages: list[Message] = []
    while more := user.messages(messages[-1]["seq"] if messages else 0):
        messages += more
    return messages


def _of(author: str, messages: list[Message]) -> list[Line]:
    return [(message["id"], message["text"]) for message in messages if message["author"] == author]


def _is_answered_once(messages: list[Message], question: Line) -> bool:
    """Whether the bot spoke next, about the very amount, and only once."""
    amount = f"{int(''.join(filter(str.isdigit, question[1]))):,}"
    answers = [message for message in messages if message["author"] == "bot" and amount in message["text"]]
    spoke_next = any(then is answers[0] for first, then in pairwise(messages) if first["id"] == question[0] and answers)
    return len(answers) == 1 and spoke_next


def _while_served(messages: list[Message], written: list[Line]) -> list[Message]:
    ids = [message["id"] for message in messages]
    return messages[ids.index(written[0][0]) : ids.index(written[-1][0])]
