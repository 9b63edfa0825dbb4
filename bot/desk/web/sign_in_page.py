"""Signing in and out. A name that is nobody's, a wrong password and a disabled agent are answered alike."""

from __future__ import annotations

import secrets

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from bot.desk.agents import sign_ins
from bot.desk.agents.payloads import Agent
from bot.desk.audit.payloads import Action
from bot.desk.audit.service import record
from bot.desk.errors import ErrorCode, ForbiddenError, TooManyRequestsError
from bot.desk.web.addresses import address_of
from bot.desk.web.cookies import end_session, form_token, session_token, set_form, set_session
from bot.desk.web.errors import words_of
from bot.desk.web.forgery import refuse_forgery
from bot.desk.web.forms import typed
from bot.desk.web.guard import SIGN_IN, local_path
from bot.desk.web.rendering import page
from bot.desk.web.routes import open_routes, signed_in_routes


def sign_in_routes() -> Blueprint:
    """Make the routes of the sign-in page."""
    blueprint = open_routes("sign_in")
    blueprint.add_route(show_form, SIGN_IN, methods=["GET"])
    blueprint.add_route(sign_in, SIGN_IN, methods=["POST"])
    return blueprint


def sign_out_routes() -> Blueprint:
    """Make the route that signs out."""
    blueprint = signed_in_routes("sign_out")
    blueprint.add_route(sign_out, "/sign-out", methods=["POST"])
    return blueprint


async def show_form(request: Request) -> HTTPResponse:
    """Show the form, or lead on who is signed in already."""
    token, context = session_token(request), request.app.ctx
    if token and await sign_ins.find(context.engine, token, context.clock()):
        return redirect(local_path(request.args.get("next", "/")), status=303)
    return _form(request)


async def sign_in(request: Request) -> HTTPResponse:
    """Let somebody in, or say that name and password do not go together."""
    context, name, address = request.app.ctx, typed(request, "name"), address_of(request)
    try:
        refuse_forgery(request, form_token(request))
        context.sign_in_limits.count(name, address)
    except ForbiddenError as error:
        return _form(request, name, words_of(request, error.code, error.details), status=403)
    except TooManyRequestsError as error:
        # Not audited for each: whoever hammers must not fill the audit.
        answer = _form(request, name, words_of(request, error.code, {"text_name": "sign_in_limit"}), status=429)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    agent, is_let_in = await sign_ins.check_password(
        context.engine, context.passwords, name, typed(request, "password")
    )
    if agent is None or not is_let_in:
        await _record(request, agent, Action.SIGN_IN_FAILED)
        words = words_of(request, ErrorCode.UNAUTHENTICATED, {"text_name": "sign_in"})
        return _form(request, name, words, status=401)
    context.sign_in_limits.forgive(name, address)
    return await _let_in(request, agent)


async def sign_out(request: Request) -> HTTPResponse:
    """End the sign-in of this browser."""
    await sign_ins.end(request.app.ctx.engine, session_token(request) or "")
    await _record(request, request.ctx.agent, Action.SIGN_OUT)
    answer = redirect(SIGN_IN, status=303)
    end_session(request, answer)
    # Whatever the browser kept of the desk goes too; what an agent had not sent yet stays his.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


async def _let_in(request: Request, agent: Agent) -> HTTPResponse:
    context, before = request.app.ctx, session_token(request)
    if before:
        await sign_ins.end(context.engine, before)
    token = await sign_ins.begin(context.engine, agent, context.clock())
    await _record(request, agent, Action.SIGN_IN)
    answer = redirect(local_path(typed(request, "next") or "/"), status=303)
    set_session(request, answer, token)
    return answer


def _form(request: Request, name: str = "", problem: str | None = None, status: int = 200) -> HTTPResponse:
    token = form_token(request) or secrets.token_urlsafe(32)
    back = local_path(typed(request, "next") or request.args.get("next", "/"))
    answer = page(request, "sign_in.html", status=status, name=name, problem=problem, next=back, csrf=token)
    set_form(request, answer, token)
    return answer


async def _record(request: Request, agent: Agent | None, action: Action) -> None:
    # The name that was typed is not kept where it is nobody's: often it is a password in the wrong field.
    context = request.app.ctx
    await record(context.engine, agent, action, None, None, address_of(request), context.clock())
