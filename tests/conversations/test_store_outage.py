"""A conversation store that cannot be written to: nothing is answered that is not kept, nothing is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.conversations.player import open_conversation
from tests.stack.processes import Stack

pytestmark = pytest.mark.conversation

_MESSAGES = "SELECT count(*) FROM events WHERE type = 'user' AND conversation_id = ?"


def test_a_message_that_cannot_be_kept_is_refused_and_can_be_sent_again(stack: Stack) -> None:
    guest = open_conversation(stack, None)
    guest.say("你好")
    with closing(sqlite3.connect(stack.folder / "conversations.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = guest.send({"text": "付款失败了"})
        other.execute("ROLLBACK")
        assert (refused.status, refused.body["code"]) == (503, "unavailable")
        assert other.execute(_MESSAGES, (guest.id,)).fetchone() == (1,)
        assert guest.say("付款失败了").texts
        assert other.execute(_MESSAGES, (guest.id,)).fetchone() == (2,)
