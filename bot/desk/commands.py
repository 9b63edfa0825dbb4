"""The desk's commands: serve it, and look after its cases in a terminal even while it does not run."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sanic.server.socket import bind_socket
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.commands import add_agent_parsers
from bot.desk.app import create_app
from bot.desk.cases import service
from bot.desk.cases.answers import page_to_json
from bot.desk.cases.numbers import as_typed
from bot.desk.cases.payloads import CaseFilter, State
from bot.desk.cases.requests import read_change
from bot.desk.cases.terminal import case_text, list_text
from bot.desk.clock import system_clock
from bot.desk.database import open_database
from bot.desk.demo.commands import add_demo_parser
from bot.desk.errors import DeskError
from bot.desk.hours.calendar_file import BadCalendar
from bot.desk.migrate import migrate
from bot.desk.retention.commands import add_retention_parsers
from bot.desk.settings import Settings, read_settings
from bot.telemetry.log_lines import set_up_log

LIST_LENGTH = 50


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `desk` and what it can do to a program's commands; each sets `handler`."""
    desk = subparsers.add_parser("desk", help="the desk, where people answer what the bot hands over")
    commands = desk.add_subparsers(required=True, metavar="COMMAND")

    serving = commands.add_parser("serve", help="bring the database up to date and serve")
    serving.set_defaults(handler=serve)

    listing = commands.add_parser("cases", help="list cases, newest first; fraud is marked with !")
    listing.add_argument("--state", choices=[state.value for state in State], help="only those in this state")
    listing.add_argument("--limit", type=_count, default=LIST_LENGTH, help="how many at most (default %(default)s)")
    listing.add_argument("--json", action="store_true", help="for programs, as the API answers")
    listing.set_defaults(handler=list_cases)

    showing = commands.add_parser("case", help="show a case whole, or change it and show it")
    showing.add_argument("number", type=as_typed, help="such as WH-7K3M-Q9TD")
    showing.add_argument("--state", choices=[State.IN_PROGRESS.value, State.RESOLVED.value], help="what it becomes")
    showing.add_argument("--owner", metavar="NAME", help="who answers it")
    showing.add_argument("--note", metavar="TEXT", help="what to keep in its history")
    showing.set_defaults(handler=show_case)

    add_agent_parsers(commands)
    add_retention_parsers(commands)
    add_demo_parser(commands)


def serve(_arguments: argparse.Namespace) -> None:
    """Bring the database up to date, then serve until told to stop."""
    settings = read_settings(os.environ)
    set_up_log()
    asyncio.run(_bring_up_to_date(settings))
    try:
        app = create_app(settings, system_clock)
    except BadCalendar as error:
        raise SystemExit(f"HOTLINE_DESK_HOURS is no calendar: {error}.") from error
    app.run(sock=_listening_socket(settings), motd=False)


def list_cases(arguments: argparse.Namespace) -> None:
    """Print the cases, newest first."""
    sys.stdout.write(asyncio.run(_list(read_settings(os.environ), arguments)))


def show_case(arguments: argparse.Namespace) -> None:
    """Print one case, after changing it if that is asked for."""
    try:
        sys.stdout.write(asyncio.run(_show(read_settings(os.environ), arguments)))
    except DeskError as error:
        raise SystemExit(f"{arguments.number}: {error.message}") from error


async def _list(settings: Settings, arguments: argparse.Namespace) -> str:
    wanted = CaseFilter(state=State(arguments.state) if arguments.state else None)
    async with _cases_database(settings) as engine:
        page = await service.list_cases(engine, wanted, arguments.limit)
    if arguments.json:
        return json.dumps(page_to_json(page), ensure_ascii=False, indent=2) + "\n"
    return list_text(page.items) + ("There are older ones: --limit shows more.\n" if page.next else "")


async def _show(settings: Settings, arguments: argparse.Namespace) -> str:
    asked = {name: getattr(arguments, name) for name in ("state", "owner", "note")}
    changes = {name: value for name, value in asked.items() if value is not None}
    async with _cases_database(settings) as engine:
        if changes:
            change = read_change(changes)
            await service.change_case(engine, arguments.number, change, _actor(), system_clock())
        handoff = await service.find_case(engine, arguments.number)
        return case_text(handoff, await service.read_history(engine, arguments.number))


async def _bring_up_to_date(settings: Settings) -> None:
    async with _cases_database(settings):
        pass


@asynccontextmanager
async def _cases_database(settings: Settings) -> AsyncIterator[AsyncEngine]:
    async with open_database(settings.database_url) as engine:
        await migrate(engine)
        yield engine


def _listening_socket(settings: Settings) -> socket.socket:
    # Sanic itself ends as if all were well when the port is taken.
    try:
        listening: socket.socket = bind_socket(settings.host, settings.port)
    except OSError as error:
        raise SystemExit(f"The desk cannot listen on {settings.host}:{settings.port}: {error.strerror}.") from error
    return listening


def _actor() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a user number that has no name.
        return "terminal"


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError("must be a number from 1 on")
    return int(text)
