"""Tells an open page what to show anew, for as long as its agent is signed in. Names only; nothing is told in them."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from typing import Any

from sanic import Request

from bot.desk.agents import sign_ins
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import Handoff
from bot.desk.lasting import LastingRoutes, lasting_of
from bot.desk.live.hub import CLOSING, CONVERSATION, MISSED, QUEUE, News, of_agent, of_conversation, of_handoff
from bot.desk.pages.deeds import agent_of, desk_of, name_of
from bot.desk.presence import service as presence
from bot.desk.web.cookies import session_token

TOUCH_S = 20.0
# A reader who takes nothing for so long is gone, though his connection is not.
SEND_S = 20.0
_AT_ONCE = 0.001
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # the second one is nginx's
_TYPING = {"user_typing": True, "user_stopped_typing": False}


def add_live(blueprint: LastingRoutes) -> None:
    """Add the route of the stream."""
    blueprint.add_stream(stream_news, "/live")


async def stream_news(request: Request) -> None:
    """Send until the page goes, its agent is signed out or the desk stops."""
    number = request.args.get("handoff")
    handoff = await lasting_of(request).finish(service.find(desk_of(request), number)) if number else None
    with ExitStack() as stack:
        if handoff:
            stack.enter_context(desk_of(request).viewers.look(handoff.packet.number, name_of(request)))
        await _Stream(request, handoff).serve()


class _Stream:
    def __init__(self, request: Request, handoff: Handoff | None) -> None:
        self._request, self._handoff = request, handoff
        self._desk, self._agent = desk_of(request), agent_of(request)

    async def serve(self) -> None:
        self._response = await self._request.respond(content_type="text/event-stream", headers=_HEADERS)
        try:
            if await self._touch():
                await self._serve_news()
            await self._response.eof()
        except asyncio.TimeoutError:
            # What he has not taken stands in the way of any end that is said.
            transport: Any = self._request.transport
            transport.abort()

    async def _serve_news(self) -> None:
        """Send news until there is a reason to end, of whatever conversations the agent has meanwhile."""
        topics = await self._topics()
        with ExitStack() as listening:
            news = listening.enter_context(self._desk.live.subscribe(*topics))
            # Whatever was missed before this moment is shown by looking again.
            await self._look_again()
            while (topic := await self._next(news)) is not None:
                if topic not in (QUEUE, MISSED) or (now := await self._topics()) == topics:
                    continue
                topics, before = now, listening.pop_all()
                news = self._carried_over(news, listening.enter_context(self._desk.live.subscribe(*topics)))
                before.close()
                # What came between the change and this moment is in the lists.
                await self._send("queue")

    async def _look_again(self) -> None:
        for event in ("queue", "handoff", "stored") if self._handoff else ("queue",):
            await self._send(event)

    @staticmethod
    def _carried_over(before: asyncio.Queue[News], news: asyncio.Queue[News]) -> asyncio.Queue[News]:
        # Without a pause between the two, nothing is told twice and nothing is missed.
        while not before.empty():
            news.put_nowait(before.get_nowait())
        return news

    async def _next(self, news: asyncio.Queue[News]) -> str | None:
        """Pass the next news on; its topic, or None when the stream is to end."""
        while True:
            try:
                topic, data = await asyncio.wait_for(news.get(), self._silence())
            except asyncio.TimeoutError:
                if not await self._touch():
                    return None
                continue
            if topic == CLOSING or (self._silence() <= _AT_ONCE and not await self._touch()):
                return None
            await self._pass_on(topic, data)
            return topic

    def _silence(self) -> float:
        """How long the stream may be silent until it has to look after its agent again."""
        return max(self._touch_at - asyncio.get_running_loop().time(), _AT_ONCE)

    async def _touch(self) -> bool:
        """Say that the agent is here; whether he is still signed in."""
        token = session_token(self._request)
        if not token or not await lasting_of(self._request).finish(self._is_here(token)):
            return False
        await self._write(": ping\n\n")
        self._touch_at = asyncio.get_running_loop().time() + TOUCH_S
        return True

    async def _is_here(self, token: str) -> bool:
        if await sign_ins.find(self._desk.engine, token, self._desk.clock()) is None:
            return False
        await presence.touch(self._desk, self._agent.id)
        return True

    async def _topics(self) -> set[str]:
        mine = await lasting_of(self._request).finish(service.of_agent(self._desk, self._agent.id))
        topics = {QUEUE, of_agent(self._agent.id), *(of_conversation(each.packet.conversation_id) for each in mine)}
        if self._handoff:
            packet = self._handoff.packet
            topics |= {of_handoff(packet.number), of_conversation(packet.conversation_id)}
        return topics

    async def _pass_on(self, topic: str, data: dict[str, Any]) -> None:
        if topic == QUEUE:
            await self._send("queue")
        elif topic == MISSED:
            await self._look_again()
            await self._send("said")
        elif topic == of_agent(self._agent.id):
            await self._send("told", data)
        elif topic.startswith(CONVERSATION):
            await self._send_of_conversation(topic, data)
        else:
            await self._send("handoff")

    async def _send_of_conversation(self, topic: str, data: dict[str, Any]) -> None:
        news = str(data.get("news"))
        is_shown = self._handoff is not None and topic == of_conversation(self._handoff.packet.conversation_id)
        if news in _TYPING:
            if is_shown:
                await self._send("typing", {"on": _TYPING[news]})
            return
        await self._send("said")
        if is_shown:
            await self._send("stored")

    async def _send(self, event: str, data: dict[str, Any] | None = None) -> None:
        await self._write(f"event: {event}\ndata: {json.dumps(data or {})}\n\n")

    async def _write(self, text: str) -> None:
        await asyncio.wait_for(self._response.send(text), SEND_S)
