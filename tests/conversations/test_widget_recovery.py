"""A bot that is killed in the middle: what was sent is sent again, and everything is there once, in order."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from http.client import HTTPException
from itertools import pairwise
from threading import Thread
from urllib.error import URLError

import pytest

from tests.stack.processes import Stack
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation

_KILLS = 3
_MESSAGES_A_KILL = 6
_LONGEST_TURN = 0.4  # seconds; the bot is killed somewhere in it
_FEE = "信用卡充值{amount}元手续费多少"


@pytest.mark.parametrize("seed", [7])
def test_a_killed_bot_loses_nothing_and_doubles_nothing(stack: Stack, seed: int) -> None:
    moments = random.Random(seed)  # noqa: S311 - when to kill is no secret
    guest = WidgetConversation(stack.url("bot"))
    sent: list[tuple[str, str]] = []
    for kill in range(_KILLS):
        for number in range(_MESSAGES_A_KILL):
            sent.append((new_id(), _FEE.format(amount=1000 + kill * _MESSAGES_A_KILL + number)))
            if number == _MESSAGES_A_KILL - 1:
                _send_while_it_is_killed(stack, guest, *sent[-1], after=moments.random() * _LONGEST_TURN)
                stack.start("bot")
            guest.send(sent[-1][1], sent[-1][0])
    messages = guest.messages()
    typed = [message for message in messages if message["author"] == "user"]
    assert [(message["id"], message["text"]) for message in typed] == sent
    assert all(_is_answered(first, then) for first, then in pairwise(messages) if first["author"] == "user")
    assert messages[-1]["author"] == "bot"


def _is_answered(message: dict[str, object], then: dict[str, object]) -> bool:
    """Whether the bot spoke next, about the very amount."""
    amount = f"{int(''.join(filter(str.isdigit, str(message['text'])))):,}"
    return then["author"] == "bot" and amount in str(then["text"])


def _send_while_it_is_killed(stack: Stack, guest: WidgetConversation, message_id: str, text: str, after: float) -> None:
    """Send a message and kill the bot meanwhile; whoever sent it does not know what became of it."""
    sender = Thread(target=_try_to_send, args=(guest, text, message_id))
    sender.start()
    time.sleep(after)
    stack.kill("bot")
    sender.join()


def _try_to_send(guest: WidgetConversation, text: str, message_id: str) -> None:
    with suppress(URLError, OSError, HTTPException):
        guest.send(text, message_id)


def test_a_stream_ends_with_the_bot_and_is_taken_up_again(stack: Stack) -> None:
    guest = WidgetConversation(stack.url("bot"))
    seen = guest.send("你好")
    with guest.stream(after=seen) as events:
        next(events)
        stack.stop("bot")
        list(events)  # it ends, which is all there is to it
    stack.start("bot")
    with guest.stream(after=seen) as events:
        assert [next(events).data for _ in guest.messages(seen)] == guest.messages(seen)
