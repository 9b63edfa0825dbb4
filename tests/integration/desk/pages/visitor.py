"""Somebody who is signed in at the desk, as a browser: what he asks for and what he is shown."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from html import unescape

import aiohttp
from yarl import URL

from bot.desk.agents.payloads import Agent


@dataclass(frozen=True)
class Shown:
    """An answer: its status, its HTML, and where it leads."""

    status: int
    html: str
    leads_to: str | None

    @property
    def words(self) -> str:
        """The HTML with its entities read."""
        return unescape(self.html)


class Visitor:
    """An agent's browser. `csrf` is what his forms bear."""

    def __init__(self, session: aiohttp.ClientSession, agent: Agent, csrf: str) -> None:
        self.session = session
        self.agent = agent
        self.csrf = csrf

    async def get(self, path: str | URL, **headers: str) -> Shown:
        """Open a page."""
        async with self.session.get(path, headers=headers, allow_redirects=False) as answer:
            return Shown(answer.status, await answer.text(), answer.headers.get("HX-Redirect"))

    async def post(self, path: str, **fields: str) -> Shown:
        """Send a form as htmx does."""
        return await self.send(path, {"HX-Request": "true", "X-CSRF-Token": self.csrf}, **fields)

    async def send(self, path: str, headers: dict[str, str], **fields: str) -> Shown:
        """Send a form with these headers."""
        async with self.session.post(path, data=fields, headers=headers, allow_redirects=False) as answer:
            return Shown(answer.status, await answer.text(), answer.headers.get("HX-Redirect"))

    async def write(self, number: str, text: str, letter_id: str | None = None) -> Shown:
        """Write to the user of a hand-off."""
        letter_id = letter_id or str(uuid.uuid4())
        return await self.post(f"/handoffs/{number}/messages", text=text, letter_id=letter_id)
