"""A bot that takes letters over HTTP as the real one does, and in between behaves as badly as a test wants."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Trouble = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeBot:
    """Every letter is taken once, by its id. `troubles` happen first, one a request; `news` go out on the stream."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.addresses: list[str] = []
        self.tokens: set[str | None] = set()
        self.troubles: list[Trouble] = []
        self.most_at_once = 0
        self.news: asyncio.Queue[str | None] = asyncio.Queue()
        self.url = ""
        self.typing: list[tuple[str, bool]] = []
        self._under_way: dict[str, list[str]] = defaultdict(list)

    def taken_of(self, number: str) -> list[str]:
        """What was taken of a hand-off, in order, in a word each."""
        return [letter.get("text") or letter["change"] for letter in self.taken if letter["number"] == number]

    async def start(self) -> web.AppRunner:
        """Serve on a free port."""
        app = web.Application()
        app.router.add_post("/desk/conversations/{id}/typing", self._type)
        app.router.add_post("/desk/conversations/{id}/{kind}", self._take)
        app.router.add_get("/desk/news", self._tell)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.tokens.add(request.headers.get("Authorization"))
        letter = await request.json()
        if self.troubles:
            return await self.troubles.pop(0)(request)
        under_way = self._under_way[letter["number"]]
        under_way.append(letter["id"])
        self.most_at_once = max(self.most_at_once, len(under_way))
        # As long as a turn takes: what a desk sent side by side would meet here.
        await asyncio.sleep(0.005)
        under_way.remove(letter["id"])
        self.take(letter, request.path)
        return web.json_response({"seq": len(self.taken)})

    def take(self, letter: dict[str, Any], address: str) -> None:
        """Take a letter unless it was taken before."""
        if letter["id"] not in [known["id"] for known in self.taken]:
            self.taken.append(letter)
            self.addresses.append(address)

    async def _type(self, request: web.Request) -> web.StreamResponse:
        self.typing.append((request.match_info["id"], (await request.json())["on"]))
        return web.Response(status=204)

    async def _tell(self, request: web.Request) -> web.StreamResponse:
        self.tokens.add(request.headers.get("Authorization"))
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        await stream.write(b": open\n\n")
        while (data := await self.news.get()) is not None:
            await stream.write(f"event: news\ndata: {data}\n\n".encode())
        return stream


def answering(status: int, body: Any = None, **headers: str) -> Trouble:
    """Answer this, and take nothing."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return answer


async def answering_no_json(_request: web.Request) -> web.StreamResponse:
    """What a proxy in between says."""
    return web.Response(status=502, text="<h1>Bad gateway</h1>", content_type="text/html")


async def hanging(_request: web.Request) -> web.StreamResponse:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError


async def dropping(request: web.Request) -> web.StreamResponse:
    """Break the connection without having taken anything."""
    if request.transport is not None:
        request.transport.close()
    raise ConnectionResetError


def dropping_after_taking(bot: FakeBot) -> Trouble:
    """Take the letter, and break the connection instead of saying so."""

    async def drop(request: web.Request) -> web.StreamResponse:
        bot.take(await request.json(), request.path)
        return await dropping(request)

    return drop
