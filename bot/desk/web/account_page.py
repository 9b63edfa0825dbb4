"""The agent's own account: his password, the name users see, his language."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from bot.desk.agents import service, sign_ins
from bot.desk.agents.payloads import Agent, Language
from bot.desk.agents.rules import LONGEST_DISPLAY_NAME, SHORTEST_PASSWORD, checked_display_name, checked_password
from bot.desk.audit.payloads import Action
from bot.desk.audit.service import record
from bot.desk.errors import ConflictError, DeskError, InvalidRequestError, TooManyRequestsError
from bot.desk.web.addresses import address_of
from bot.desk.web.cookies import set_session
from bot.desk.web.forms import chosen, typed
from bot.desk.web.guard import ACCOUNT, local_path
from bot.desk.web.rendering import page
from bot.desk.web.routes import signed_in_routes


def account_routes() -> Blueprint:
    """Make the routes of the account."""
    blueprint = signed_in_routes("account", prefix=ACCOUNT)
    blueprint.add_route(show_account, "/", methods=["GET"])
    blueprint.add_route(change_profile, "/", methods=["POST"])
    blueprint.add_route(change_password, "/password", methods=["POST"])
    blueprint.add_route(change_language, "/language", methods=["POST"])
    return blueprint


async def show_account(request: Request) -> HTTPResponse:
    """Show the account."""
    return _account(request, done=request.args.get("done"))


async def change_profile(request: Request) -> HTTPResponse:
    """Set the name that users see and the language."""
    agent: Agent = request.ctx.agent
    language = chosen(request, "language", Language)
    context = request.app.ctx
    try:
        name = checked_display_name(typed(request, "display_name"))
        await service.set_profile(context.engine, agent.id, name, language)
    except (InvalidRequestError, ConflictError) as error:
        problem = error.details.get("text_name", "display_name")
        return _account(request, problem=problem, display_name=typed(request, "display_name"))
    if name != agent.display_name:
        told = f"{agent.display_name} → {name}"
        await record(context.engine, agent, Action.NAME_CHANGED, agent.name, told, address_of(request), context.clock())
    return redirect(f"{ACCOUNT}?done=profile", status=303)


async def change_language(request: Request) -> HTTPResponse:
    """Set the language alone, and stay on the page."""
    agent: Agent = request.ctx.agent
    language = chosen(request, "language", Language)
    await service.set_profile(request.app.ctx.engine, agent.id, agent.display_name, language)
    return redirect(local_path(typed(request, "back") or "/"), status=303)


async def change_password(request: Request) -> HTTPResponse:
    """Set a password of one's own; every other browser that is signed in is signed out."""
    context, agent = request.app.ctx, request.ctx.agent
    try:
        password = await _new_password(request, agent)
    except DeskError as error:
        return _account(request, problem=_problem(error))
    await service.set_password(context.engine, agent.id, await context.passwords.hash(password), must_change=False)
    now = context.clock()
    await record(context.engine, agent, Action.PASSWORD_CHANGED, agent.name, None, address_of(request), now)
    answer = redirect("/" if agent.must_change_password else f"{ACCOUNT}?done=password", status=303)
    set_session(request, answer, await sign_ins.begin(context.engine, agent, now))
    return answer


async def _new_password(request: Request, agent: Agent) -> str:
    context, address = request.app.ctx, address_of(request)
    # Whoever finds a browser signed in must not be able to try passwords there.
    context.sign_in_limits.count(agent.name, address)
    old = typed(request, "old_password")
    _, is_right = await sign_ins.check_password(context.engine, context.passwords, agent.name, old)
    if not is_right:
        raise InvalidRequestError("old_password", "is not the password")
    context.sign_in_limits.forgive(agent.name, address)
    new = typed(request, "new_password")
    if new != typed(request, "repeated_password"):
        raise InvalidRequestError("repeated_password", "is not the same")
    if new == old:
        raise InvalidRequestError("same_password", "is the old one")
    return checked_password(new, agent.name)


def _problem(error: DeskError) -> str:
    return "limit" if isinstance(error, TooManyRequestsError) else str(error.details["field"])


def _account(
    request: Request, problem: str | None = None, done: str | None = None, display_name: str | None = None
) -> HTTPResponse:
    agent: Agent = request.ctx.agent
    return page(
        request,
        "account.html",
        status=422 if problem else 200,
        problem=problem,
        done=done if done in ("profile", "password") else None,
        display_name=agent.display_name if display_name is None else display_name,
        languages=list(Language),
        shortest_password=SHORTEST_PASSWORD,
        longest_display_name=LONGEST_DISPLAY_NAME,
    )
