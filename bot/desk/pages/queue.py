"""The first page: what an agent has, who waits, who is on duty; and the same as a column beside a conversation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import AgentName, Handoff
from bot.desk.pages.deeds import agent_of, desk_of
from bot.desk.pages.packet import ShownPacket, show
from bot.desk.pages.transcript import LastWords, read_last_words
from bot.desk.presence import service as presence
from bot.desk.web.rendering import fragment, page

MOST_RECENT = 5


@dataclass(frozen=True)
class Row:
    """One hand-off in a list; `last` only where the agent serves it himself."""

    handoff: Handoff
    packet: ShownPacket
    last: LastWords


@dataclass(frozen=True)
class Queue:
    """What an agent sees of the desk's work."""

    mine: list[Row]
    waiting: list[Row]
    recent: list[Row]
    on_duty: list[AgentName]
    status: str


def add_queue(blueprint: Blueprint) -> None:
    """Add the routes of the queue."""
    blueprint.add_route(show_queue, "/", methods=["GET"])
    blueprint.add_route(show_lists, "/queue", methods=["GET"])


async def show_queue(request: Request) -> HTTPResponse:
    """Show the whole page."""
    return page(request, "queue/queue.html", queue=await _queue(request), open_number=None)


async def show_lists(request: Request) -> HTTPResponse:
    """Show the lists anew; beside a conversation, with that one marked."""
    number = request.args.get("open")
    template = "queue/_column.html" if number else "queue/_lists.html"
    return fragment(request, template, queue=await _queue(request), open_number=number)


async def _queue(request: Request) -> Queue:
    desk, agent = desk_of(request), agent_of(request)
    mine = await service.of_agent(desk, agent.id)
    recent = await service.recent_of_agent(desk, agent.id, MOST_RECENT)
    rows = await asyncio.gather(*(_row_with_last_words(request, handoff) for handoff in mine))
    return Queue(
        mine=sorted(rows, key=lambda row: row.last.waiting_since or desk.clock()),
        waiting=[_row(handoff) for handoff in await service.waiting(desk)],
        recent=[_row(handoff) for handoff in recent],
        on_duty=await presence.on_duty(desk),
        status=await presence.status_of(desk, agent.id),
    )


def _row(handoff: Handoff) -> Row:
    return Row(handoff, show(handoff.packet), LastWords())


async def _row_with_last_words(request: Request, handoff: Handoff) -> Row:
    packet = handoff.packet
    last = await read_last_words(request.app.ctx.conversations, packet.conversation_id, packet.user_id)
    return Row(handoff, show(packet), last)
