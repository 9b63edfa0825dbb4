"""The bot, as the desk speaks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

CONNECT_S, ANSWER_S = 2.0, 10.0
# The stream of news is pinged every 15 seconds; a silence of three pings is a lost connection.
SILENCE_S = 45.0


class BotClient:
    """One connection pool to the bot, with the desk's key to it. Opened by the block in which it is used."""

    def __init__(self, url: str, token: str, answer_s: float = ANSWER_S) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._answer_s = answer_s
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> BotClient:
        self._session = aiohttp.ClientSession(headers=self._headers)
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(self, address: str, body: dict[str, Any]) -> tuple[int, Any, float | None]:
        """Send a body; the status, what was answered as JSON (None where it is none), and the seconds of Retry-After.

        Raises aiohttp.ClientError or asyncio.TimeoutError when there is no answer.
        """
        timeout = aiohttp.ClientTimeout(total=self._answer_s, connect=CONNECT_S)
        async with self._opened().post(self._url + address, json=body, timeout=timeout) as response:
            return response.status, await _json(response), _seconds(response.headers.get("Retry-After"))

    @asynccontextmanager
    async def stream(self, address: str) -> AsyncIterator[AsyncIterator[str]]:
        """The lines of an event stream, for as long as it lasts.

        Raises aiohttp.ClientError or asyncio.TimeoutError when it cannot be opened or breaks.
        """
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT_S, sock_read=SILENCE_S)
        async with self._opened().get(self._url + address, timeout=timeout, raise_for_status=True) as response:
            yield _lines(response)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the connection to the bot is not open")
        return self._session


async def _json(response: aiohttp.ClientResponse) -> Any:
    try:
        return await response.json(content_type=None)
    except ValueError:
        return None


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() else None


async def _lines(response: aiohttp.ClientResponse) -> AsyncIterator[str]:
    async for line in response.content:
        yield line.decode(errors="replace").rstrip("\r\n")
