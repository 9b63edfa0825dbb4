"""The load, a process of its own: ``python -m tests.benchmarks.load URL USERS SCRIPT...`` prints what was played.

A closed loop: each user takes the next script, plays it in a new conversation without a pause, and takes another, until
none is left. HOTLINE_USER_TOKEN_SECRET signs in the users.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import deque
from collections.abc import Sequence

import aiohttp

from tests.benchmarks.conversation import Conversation
from tests.benchmarks.played import Played, PlayedTurn
from tests.benchmarks.scripts import Script, load_scripts

_ANSWER_SECONDS = 120


async def play(url: str, users: int, scripts: Sequence[Script], secret: str) -> Played:
    """Play the scripts in their order, as many at once as there are users."""
    waiting = deque(scripts)
    turns: list[PlayedTurn] = []
    idle_since: list[float] = []
    began = time.perf_counter()

    async def play_one(http: aiohttp.ClientSession, script: Script) -> None:
        conversation = Conversation(http, url)
        await conversation.open(script.user, secret)
        for number, turn in enumerate(script.turns, 1):
            sent = time.perf_counter()
            said = await conversation.take(turn)
            now = time.perf_counter()
            turns.append(PlayedTurn(script.name, number, now - sent, now - began, said))

    async def be_a_user(http: aiohttp.ClientSession) -> None:
        while waiting:
            await play_one(http, waiting.popleft())
        idle_since.append(time.perf_counter() - began)

    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
        await asyncio.gather(*(be_a_user(http) for _ in range(users)))
    return Played(min(idle_since), tuple(turns))


def main(words: list[str]) -> None:
    """Play what the command line names. Raises SystemExit with one line when the bot cannot be reached."""
    url, users, names = words[0], int(words[1]), words[2:]
    known = load_scripts()
    try:
        played = asyncio.run(
            play(url, users, [known.named(name) for name in names], os.environ["HOTLINE_USER_TOKEN_SECRET"])
        )
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        raise SystemExit(f"the bot at {url} opens no session: {error!r}") from error
    sys.stdout.write(played.as_json())


if __name__ == "__main__":
    main(sys.argv[1:])
