"""``python -m bot forget USER`` and ``python -m bot desk retain``: privacy where there is a terminal."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from bot.desk.retention.finding import count, find
from bot.desk.retention.forgetting import forget
from bot.desk.retention.house import open_house
from bot.desk.retention.proof import prove
from bot.desk.retention.report import found_text, proof_text, swept_text
from bot.desk.retention.retaining import Retention
from bot.desk.retention.traces import Names
from bot.desk.settings import read_settings


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `forget` to the commands of the house."""
    forgetting = commands.add_parser("forget", help="remove what is kept of one user, and prove it")
    forgetting.add_argument("user", help="the user's id in the wallet")
    forgetting.add_argument(
        "--conversation",
        action="append",
        default=[],
        metavar="ID",
        help="a conversation that is the user's too, such as one he had as a guest; may be given more than once",
    )
    forgetting.add_argument("--yes", action="store_true", help="do not ask first")
    forgetting.set_defaults(handler=forget_user)


def add_retention_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `retain` to the commands of the desk."""
    retaining = commands.add_parser("retain", help="remove now what is older than HOTLINE_RETENTION_DAYS")
    retaining.add_argument("--dry-run", action="store_true", help="only show what would go")
    retaining.add_argument("--days", type=_days, help="another age than that of the setting")
    retaining.set_defaults(handler=retain_once)


def forget_user(arguments: argparse.Namespace) -> int:
    """Forget a user; 1 when something is left, or nothing was done."""
    if not arguments.user.strip():
        raise SystemExit("Whom? An empty id is nobody's.")
    return asyncio.run(_forget(arguments))


def retain_once(arguments: argparse.Namespace) -> None:
    """Remove what is too old, or show it."""
    sys.stdout.write(asyncio.run(_retain(arguments)))


async def _forget(arguments: argparse.Namespace) -> int:
    names = Names(arguments.user, frozenset(arguments.conversation))
    async with open_house(read_settings(os.environ)) as house:
        found = await find(house, names)
        sys.stdout.write(found_text(found, await count(house, found)))
        sys.stdout.flush()
        if not (arguments.yes or _agrees(arguments.user)):
            sys.stdout.write("Nothing was removed.\n")
            return 1
        names, removed = await forget(house, found)
        sys.stdout.write(
            "It is removed. All that is kept is now read through once more; in a large record that takes minutes.\n"
        )
        sys.stdout.flush()
        proof = await prove(house, names)
    sys.stdout.write(proof_text(arguments.user, removed, proof))
    return 1 if proof.left else 0


async def _retain(arguments: argparse.Namespace) -> str:
    settings = read_settings(os.environ)
    days = settings.retention_days if arguments.days is None else arguments.days
    if not days:
        return "Conversations are kept for ever: HOTLINE_RETENTION_DAYS is 0.\n"
    async with open_house(settings) as house:
        swept = await Retention(house, days, is_dry=arguments.dry_run).sweep()
    return swept_text(swept, days, arguments.dry_run)


def _agrees(user_id: str) -> bool:
    if not sys.stdin.isatty():
        raise SystemExit("Nobody can be asked here: --yes removes it.")
    return input(f"Remove it for good? Type {user_id} to go on: ").strip() == user_id


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise argparse.ArgumentTypeError("must be a number of days from 1 on")
    return int(text)
