"""The admins' page: who works at the desk and what each may do."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from bot.desk.agents import service
from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.agents.rules import checked_display_name, checked_name, one_time_password
from bot.desk.audit.payloads import Action
from bot.desk.audit.service import record
from bot.desk.errors import ConflictError, DeskError
from bot.desk.web.addresses import address_of
from bot.desk.web.forms import chosen, typed
from bot.desk.web.rendering import page
from bot.desk.web.routes import signed_in_routes

AGENTS = "/agents"


def agents_routes() -> Blueprint:
    """Make the routes of the page."""
    blueprint = signed_in_routes("agents", Role.ADMIN, prefix=AGENTS)
    blueprint.add_route(show_agents, "/", methods=["GET"])
    blueprint.add_route(add_agent, "/", methods=["POST"])
    blueprint.add_route(change_role, r"/<agent_id:[0-9]{1,9}>/role", methods=["POST"])
    blueprint.add_route(disable, r"/<agent_id:[0-9]{1,9}>/disable", methods=["POST"])
    blueprint.add_route(enable, r"/<agent_id:[0-9]{1,9}>/enable", methods=["POST"])
    blueprint.add_route(renew_password, r"/<agent_id:[0-9]{1,9}>/password", methods=["POST"])
    return blueprint


async def show_agents(request: Request) -> HTTPResponse:
    """List the agents."""
    return await _agents(request)


async def add_agent(request: Request) -> HTTPResponse:
    """Add an agent with a password that is shown this once."""
    context = request.app.ctx
    role, language = chosen(request, "role", Role), chosen(request, "language", Language)
    password = one_time_password()
    try:
        name = checked_name(typed(request, "name"))
        display_name = checked_display_name(typed(request, "display_name") or name)
        password_hash = await context.passwords.hash(password)
        agent = await service.add_agent(
            context.engine, name, display_name, role, language, password_hash, True, context.clock()
        )
    except DeskError as error:
        problem = str(error.details["text_name" if isinstance(error, ConflictError) else "field"])
        return await _agents(request, problem=problem, status=422)
    await _record(request, Action.AGENT_ADDED, agent, role.value)
    return await _agents(request, told=agent, password=password)


async def change_role(request: Request, agent_id: str) -> HTTPResponse:
    """Set what an agent may do."""
    agent, role = await _other(request, agent_id), chosen(request, "role", Role)
    await service.set_role(request.app.ctx.engine, agent.id, role)
    await _record(request, Action.ROLE_CHANGED, agent, f"{agent.role.value} → {role.value}")
    return _back()


async def disable(request: Request, agent_id: str) -> HTTPResponse:
    """Keep an agent out from now on."""
    agent = await _other(request, agent_id)
    await service.disable_agent(request.app.ctx.engine, agent.id, request.app.ctx.clock())
    await _record(request, Action.AGENT_DISABLED, agent)
    return _back()


async def enable(request: Request, agent_id: str) -> HTTPResponse:
    """Let an agent in again."""
    agent = await _other(request, agent_id)
    await service.enable_agent(request.app.ctx.engine, agent.id)
    await _record(request, Action.AGENT_ENABLED, agent)
    return _back()


async def renew_password(request: Request, agent_id: str) -> HTTPResponse:
    """Give an agent who has forgotten his password another, shown this once."""
    context, agent, password = request.app.ctx, await _other(request, agent_id), one_time_password()
    password_hash = await context.passwords.hash(password)
    await service.set_password(context.engine, agent.id, password_hash, must_change=True)
    await _record(request, Action.PASSWORD_CHANGED, agent)
    return await _agents(request, told=agent, password=password)


async def _other(request: Request, agent_id: str) -> Agent:
    agent = await service.find_agent(request.app.ctx.engine, int(agent_id))
    if agent.id == request.ctx.agent.id:
        raise ConflictError("nobody changes himself here", {"text_name": "not_yourself"})
    return agent


async def _record(request: Request, action: Action, agent: Agent, detail: str | None = None) -> None:
    context = request.app.ctx
    await record(context.engine, request.ctx.agent, action, agent.name, detail, address_of(request), context.clock())


def _back() -> HTTPResponse:
    return redirect(AGENTS, status=303)


async def _agents(
    request: Request,
    problem: str | None = None,
    told: Agent | None = None,
    password: str | None = None,
    status: int = 200,
) -> HTTPResponse:
    return page(
        request,
        "agents/agents.html",
        status=status,
        agents=await service.list_agents(request.app.ctx.engine),
        roles=list(Role),
        languages=list(Language),
        problem=problem,
        told=told,
        password=password,
        form={field: typed(request, field) for field in ("name", "display_name", "role", "language")},
    )
