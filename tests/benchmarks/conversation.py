"""One conversation over the terminal's channel, for many at once."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from bot.channels.identity import make_user_token
from tests.benchmarks.scripts import Turn


class Conversation:
    """A session of a demo user or a guest, and the buttons of the last answer."""

    def __init__(self, http: aiohttp.ClientSession, bot_url: str) -> None:
        self._http = http
        self._url = f"{bot_url}/webhooks/terminal"
        self._headers: dict[str, str] = {}
        self._buttons: list[dict[str, str]] = []

    async def open(self, user: str | None, user_token_secret: str) -> None:
        """Begin. Raises aiohttp.ClientError."""
        body = {"user_token": make_user_token(user, user_token_secret)} if user else {}
        async with self._http.post(f"{self._url}/sessions", json=body) as answer:
            answer.raise_for_status()
            self._headers = {"Authorization": f"Bearer {(await answer.json())['session_token']}"}

    async def take(self, turn: Turn) -> str | None:
        """What the bot says, a message or a row of buttons a line; None when there is no answer."""
        try:
            async with self._http.post(f"{self._url}/messages", json=self._body(turn), headers=self._headers) as answer:
                messages = (await answer.json())["messages"] if answer.status == 200 else []
        except (aiohttp.ClientError, asyncio.TimeoutError, KeyError, ValueError):
            messages = []
        self._buttons = [button for message in messages for button in message["buttons"]]
        return "\n".join(_as_text(message) for message in messages) or None

    def _body(self, turn: Turn) -> dict[str, str]:
        if turn.text is not None:
            return {"text": turn.text}
        # A button that was not offered is typed: the conversation goes on, and its answer is seen to differ.
        button = self._button(turn.choice)
        return {"choice": button["token"]} if button else {"text": str(turn.choice)}

    def _button(self, wanted: int | str | None) -> dict[str, str] | None:
        if isinstance(wanted, int):
            return self._buttons[wanted - 1] if 0 < wanted <= len(self._buttons) else None
        return next((button for button in self._buttons if str(wanted) in button["title"]), None)


def _as_text(message: dict[str, Any]) -> str:
    titles = "  ".join(f"[{button['title']}]" for button in message["buttons"])
    return f"{message['text']}\n{titles}".strip()
