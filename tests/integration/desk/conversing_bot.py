"""A bot beside the desk of a test: its conversation store, written as the bot writes it, and its side of the wire."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from sqlalchemy import insert

from bot.handoff.states import Change, State, after
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tables import events


class BotStore:
    """Conversations that a test writes, a line at a time."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.database.migrate(migrate)
        self._at: float | None = None

    def set_time(self, at: float | None) -> None:
        """What is written from now on was said then (in seconds since 1970), a second apart; None: it is said now."""
        self._at = at

    async def user(self, conversation_id: str, text: str) -> int:
        """The user says something; the seq of it."""
        return await self._add(conversation_id, {"event": "user", "text": text, "parse_data": {}})

    async def bot(self, conversation_id: str, text: str, *buttons: str) -> int:
        """The bot says something, with buttons of these titles."""
        rows = [{"title": title, "payload": f"/secret_payload_of_{title}"} for title in buttons]
        return await self._add(conversation_id, {"event": "bot", "text": text, "data": {"buttons": rows}})

    async def person(self, conversation_id: str, text: str, agent: str, letter: str | None = None) -> int:
        """A person's line arrives."""
        metadata = {"author": "agent", "agent": agent, "letter": letter}
        return await self._add(conversation_id, {"event": "bot", "text": text, "metadata": metadata})

    async def handoff(self, conversation_id: str, **standing: Any) -> int:
        """The slot of the hand-off changes."""
        return await self._add(conversation_id, {"event": "slot", "name": "handoff", "value": standing}, "handoff")

    def close(self) -> None:
        """Give the database back."""
        self.database.close()

    async def _add(self, conversation_id: str, event: dict[str, Any], name: str | None = None) -> int:
        self._at = None if self._at is None else self._at + 1
        at = self._at or time.time()
        row = {
            "conversation_id": conversation_id,
            "type": event["event"],
            "name": name,
            "at": at,
            "data": json.dumps({**event, "timestamp": at}, ensure_ascii=False),
        }
        inserted = await self.database.write(lambda connection: connection.execute(insert(events).values(row)))
        return int(inserted.inserted_primary_key[0])


class ConversingBot:
    """Takes the desk's letters, each once, and tells it what is new; with `is_away` it answers nobody."""

    def __init__(self, store: BotStore) -> None:
        self.store = store
        self.is_away = False
        self.typing: list[bool] = []
        self._taken: dict[str, dict[str, Any]] = {}
        self._states: dict[str, State] = {}
        self._listening: list[asyncio.Queue[dict[str, Any] | None]] = []

    async def say(self, conversation_id: str, text: str) -> int:
        """The user says something, and the desk hears of it."""
        seq = await self.store.user(conversation_id, text)
        self.tell(conversation_id, "stored")
        return seq

    def tell(self, conversation_id: str, news: str) -> None:
        """Tell the desk news of a conversation."""
        for queue in self._listening:
            queue.put_nowait({"conversation_id": conversation_id, "news": news})

    def application(self) -> web.Application:
        """What answers the desk."""
        app = web.Application(middlewares=[self._answer_nobody])
        app.router.add_post("/desk/conversations/{id}/messages", self._message)
        app.router.add_post("/desk/conversations/{id}/changes", self._change)
        app.router.add_post("/desk/conversations/{id}/typing", self._typing)
        app.router.add_get("/desk/news", self._news)
        return app

    def stop(self) -> None:
        """End the streams."""
        for queue in self._listening:
            queue.put_nowait(None)

    @web.middleware
    async def _answer_nobody(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.is_away:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
        response: web.StreamResponse = await handler(request)
        return response

    async def _message(self, request: web.Request) -> web.Response:
        conversation_id, letter = request.match_info["id"], await request.json()
        if letter["id"] not in self._taken:
            seq = await self.store.person(conversation_id, letter["text"], letter["agent"], letter["id"])
            self._taken[letter["id"]] = {"seq": seq}
            self.tell(conversation_id, "stored")
        return web.json_response(self._taken[letter["id"]])

    async def _change(self, request: web.Request) -> web.Response:
        conversation_id, letter = request.match_info["id"], await request.json()
        if letter["id"] not in self._taken:
            change = Change(letter["change"])
            before = self._states.get(letter["number"], State.REQUESTED)
            if change is not Change.MOVE and before is not State.CANCELLED:
                before = State.ACTIVE if before is State.CLAIMED and change is Change.HOLD else before
                self._states[letter["number"]] = after(before, change)
            state = self._states.get(letter["number"], before)
            if change is not Change.MOVE:
                told = {name: letter.get(name) for name in ("number", "agent", "due_at")}
                await self.store.handoff(conversation_id, state=state.value, change=change.value, **told)
                self.tell(conversation_id, "stored")
            self._taken[letter["id"]] = {"state": state.value}
        return web.json_response(self._taken[letter["id"]])

    async def _typing(self, request: web.Request) -> web.Response:
        self.typing.append((await request.json())["on"])
        return web.Response(status=204)

    async def _news(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listening.append(queue)
        try:
            while (news := await queue.get()) is not None:
                await response.write(f"event: news\ndata: {json.dumps(news)}\n\n".encode())
        finally:
            self._listening.remove(queue)
        return response


@asynccontextmanager
async def conversing(store: BotStore) -> AsyncIterator[tuple[ConversingBot, str]]:
    """A bot on a free port for as long as the block lasts, and its address."""
    bot = ConversingBot(store)
    runner = web.AppRunner(bot.application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield bot, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        bot.stop()
        await runner.cleanup()
