"""Forks workers to be killed: importing Rasa takes seconds, a fork none.

Each line of standard input, a database and a conversation, makes one that saves turn after turn until it is killed.
The answer is its process id, then, once it is gone, an empty line.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot.store.tracker_store import ConversationStore
from tests.integration.store.turns import take_turns
from tests.unit.bot.store.talk import domain, numbered

_LONGEST_LIFE = 20  # seconds, should nobody be left to kill it


def main() -> None:
    """Answer until there are no more lines."""
    domain()
    for line in sys.stdin:
        url, conversation_id = line.split()
        pid = os.fork()
        if pid == 0:
            signal.alarm(_LONGEST_LIFE)
            asyncio.run(_save_turn_after_turn(url, conversation_id))
        _answer(str(pid))
        os.waitpid(pid, 0)
        _answer("")


async def _save_turn_after_turn(url: str, conversation_id: str) -> None:
    store = ConversationStore(domain(), host=url)
    tracker = await store.retrieve(conversation_id)
    number = int(tracker.latest_message.text) + 1 if tracker else 0
    while True:
        await take_turns(store, numbered(number), conversation_id=conversation_id)
        number += 1


def _answer(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
