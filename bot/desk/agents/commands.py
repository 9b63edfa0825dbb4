"""The commands that look after agents where there is no browser: the first admin is made here."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents import service
from bot.desk.agents.passwords import Passwords
from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.agents.rules import checked_display_name, checked_name, checked_password
from bot.desk.audit.payloads import Action
from bot.desk.audit.service import record
from bot.desk.clock import system_clock
from bot.desk.database import open_database
from bot.desk.errors import DeskError
from bot.desk.migrate import migrate
from bot.desk.settings import read_settings


def add_agent_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands about agents; each sets `handler`."""
    adding = commands.add_parser("add-user", help="add somebody who works at the desk; asks for a password")
    adding.add_argument("name", help="what he signs in with, such as wang.lei")
    adding.add_argument("--role", required=True, choices=[role.value for role in Role], help="what he may do")
    adding.add_argument("--display-name", metavar="TEXT", help="what users see (default: the name)")
    adding.add_argument("--language", choices=[each.value for each in Language], default=Language.ZH.value)
    _add_password(adding)
    adding.set_defaults(handler=add_user)

    setting = commands.add_parser("set-password", help="give somebody another password and sign him out")
    setting.add_argument("name")
    _add_password(setting)
    setting.set_defaults(handler=set_password)

    disabling = commands.add_parser("disable-user", help="keep somebody from signing in and sign him out")
    disabling.add_argument("name")
    disabling.set_defaults(handler=disable_user)


def add_user(arguments: argparse.Namespace) -> None:
    """Add an agent."""
    _run(_add(arguments))


def set_password(arguments: argparse.Namespace) -> None:
    """Give an agent another password."""
    _run(_set_password(arguments))


def disable_user(arguments: argparse.Namespace) -> None:
    """Keep an agent from signing in."""
    _run(_disable(arguments))


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from the first line of stdin")


async def _add(arguments: argparse.Namespace) -> str:
    name = checked_name(arguments.name)
    display_name = checked_display_name(arguments.display_name or name)
    role, language = Role(arguments.role), Language(arguments.language)
    async with _agents_database() as (engine, now):
        password = _password(arguments, name)
        password_hash = await Passwords().hash(password)
        agent = await service.add_agent(engine, name, display_name, role, language, password_hash, False, now)
        await _record(engine, Action.AGENT_ADDED, agent, now, role.value)
    return f"{name} can sign in to the desk as {role.value}."


async def _set_password(arguments: argparse.Namespace) -> str:
    async with _agents_database() as (engine, now):
        agent = await service.find_agent_named(engine, checked_name(arguments.name))
        password_hash = await Passwords().hash(_password(arguments, agent.name))
        await service.set_password(engine, agent.id, password_hash, must_change=False)
        await _record(engine, Action.PASSWORD_CHANGED, agent, now)
    return f"{agent.name} has a new password and is signed out everywhere."


async def _disable(arguments: argparse.Namespace) -> str:
    async with _agents_database() as (engine, now):
        agent = await service.find_agent_named(engine, checked_name(arguments.name))
        await service.disable_agent(engine, agent.id, now)
        await _record(engine, Action.AGENT_DISABLED, agent, now)
    return f"{agent.name} is signed out and cannot sign in any more."


def _run(work: Coroutine[Any, Any, str]) -> None:
    try:
        sys.stdout.write(f"{asyncio.run(work)}\n")
    except DeskError as error:
        raise SystemExit(f"{error.message[:1].upper()}{error.message[1:]}.") from error


@asynccontextmanager
async def _agents_database() -> AsyncIterator[tuple[AsyncEngine, datetime]]:
    async with open_database(read_settings(os.environ).database_url) as engine:
        await migrate(engine)
        yield engine, system_clock()


def _password(arguments: argparse.Namespace, name: str) -> str:
    if arguments.password_stdin:
        return checked_password(sys.stdin.readline().rstrip("\r\n"), name)
    typed = getpass.getpass("Password: ")
    password = checked_password(typed, name)
    if getpass.getpass("Once more: ") != typed:
        raise SystemExit("The two passwords are not the same.")
    return password


async def _record(engine: AsyncEngine, action: Action, agent: Agent, now: datetime, detail: str | None = None) -> None:
    # No agent and no address: whoever could run this could do anything here.
    await record(engine, None, action, agent.name, detail, None, now)
