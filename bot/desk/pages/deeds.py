"""What the handlers of the pages have in common: who acts, on which hand-off, and that it is kept in the audit."""

from __future__ import annotations

from datetime import timedelta

from sanic import Request

from bot.desk.agents.payloads import Agent
from bot.desk.audit.payloads import Action
from bot.desk.audit.service import has_entry, record
from bot.desk.errors import ForbiddenError, InvalidRequestError
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import AgentName, Handoff
from bot.desk.pages.seat import seat_of
from bot.desk.parts import Desk
from bot.desk.web.addresses import address_of
from bot.desk.web.forms import typed

# An open page reads its parts again and again; that is one reading.
READING_LASTS = timedelta(hours=1)


def desk_of(request: Request) -> Desk:
    """The desk that serves a request."""
    desk: Desk = request.app.ctx.desk
    return desk


def agent_of(request: Request) -> Agent:
    """Who is signed in."""
    agent: Agent = request.ctx.agent
    return agent


def name_of(request: Request) -> AgentName:
    """Who is signed in, under the name that users see."""
    agent = agent_of(request)
    return AgentName(agent.id, agent.display_name)


async def note_deed(request: Request, action: Action, number: str, detail: str | None = None) -> None:
    """Keep in the audit what is being done."""
    desk = desk_of(request)
    await record(desk.engine, agent_of(request), action, number, detail, address_of(request), desk.clock())


async def note_reading(request: Request, number: str) -> None:
    """Keep that a part of a conversation is read, unless it is known that the agent has been reading it."""
    desk = desk_of(request)
    since = desk.clock() - READING_LASTS
    if not await has_entry(desk.engine, agent_of(request).id, Action.READ_CONVERSATION, number, since):
        await note_deed(request, Action.READ_CONVERSATION, number)


async def find_to_write(request: Request, number: str) -> Handoff:
    """Find a hand-off that the agent himself serves.

    Raises:
        ForbiddenError: when somebody else does, or nobody.
    """
    handoff = await service.find(desk_of(request), number)
    if not seat_of(handoff, agent_of(request)).may_write:
        raise ForbiddenError("only its agent may do this", {"text_name": "not_assignee"})
    return handoff


def field(request: Request, name: str) -> str:
    """Read a field of the form that was sent; empty where it is missing."""
    return typed(request, name).strip()


def invalid(name: str, **values: object) -> InvalidRequestError:
    """An error whose words are the text `error_<name>`."""
    error = InvalidRequestError(name, "is missing or wrong")
    error.details.update(text_name=name, **values)
    return error
