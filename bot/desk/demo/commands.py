"""``python -m bot desk demo-data``: a past for a desk that has none, and the way to be rid of it."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.desk.clock import system_clock
from bot.desk.demo.corpus import Corpus, NoCorpus
from bot.desk.demo.loading import load, save_filters
from bot.desk.demo.making import Order, make
from bot.desk.demo.mix import load_mix
from bot.desk.demo.removal import is_there, remove_all
from bot.desk.retention.record import Record
from bot.desk.settings import Settings, read_settings
from bot.store.migrate import migrate

_CONVERSATIONS, _DAYS, _SEED = 2000, 90, 1
_MOST = 10_000_000
_TELL_SECONDS = 2


def add_demo_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo-data` to the commands of the desk."""
    making = commands.add_parser("demo-data", help="fill the record with made-up conversations, or remove them")
    making.add_argument("--conversations", type=_count, default=_CONVERSATIONS, help="how many (default %(default)s)")
    making.add_argument("--days", type=_count, default=_DAYS, help="of how many days up to now (default %(default)s)")
    making.add_argument("--seed", type=_count, default=_SEED, help="another number makes others (default %(default)s)")
    making.add_argument("--remove", action="store_true", help="remove all that was made, and nothing else")
    making.set_defaults(handler=make_demo_data)


def make_demo_data(arguments: argparse.Namespace) -> None:
    """Make conversations, or remove those that were made."""
    settings = read_settings(os.environ)
    if arguments.remove:
        asyncio.run(_remove(settings))
    elif settings.environment == "production":
        raise SystemExit("Made-up conversations do not belong into a record in production (HOTLINE_ENVIRONMENT).")
    else:
        asyncio.run(_make(settings, arguments))


async def _make(settings: Settings, arguments: argparse.Namespace) -> None:
    try:
        corpus = Corpus(Path())
    except NoCorpus as error:
        raise SystemExit(f"The project's own data is needed: {error}. Run it in the project's folder.") from error
    record = Record(settings.conversations_url)
    try:
        record.migrate(migrate)
        if await is_there(record):
            raise SystemExit("There are such conversations already: remove them first with --remove.")
        order = Order(arguments.conversations, arguments.days, system_clock().timestamp(), arguments.seed)
        telling = Telling(f"of {order.conversations:,} made")
        mix = load_mix()
        await load(record, make(order, corpus, mix, ZoneInfo(settings.time_zone)), telling.tell)
        await save_filters(record, mix, order.until)
    finally:
        record.close()
    telling.end()


async def _remove(settings: Settings) -> None:
    record, telling = Record(settings.conversations_url), Telling("removed")
    try:
        if await record.is_there():
            telling.tell(await remove_all(record, load_mix(), telling.tell))
    finally:
        record.close()
    telling.end()


class Telling:
    """Tells how far it is: now and then, and at the end."""

    def __init__(self, what: str) -> None:
        self._what, self._done = what, 0
        self._began_at = self._told_at = time.monotonic()

    def tell(self, done: int) -> None:
        """So many conversations are done."""
        self._done, now = done, time.monotonic()
        if now - self._told_at >= _TELL_SECONDS:
            self._told_at = now
            self._write()

    def end(self) -> None:
        """That was all."""
        self._write()

    def _write(self) -> None:
        seconds = max(time.monotonic() - self._began_at, 0.001)
        sys.stdout.write(f"{self._done:,} conversations {self._what}, {self._done / seconds:,.0f} a second\n")
        sys.stdout.flush()


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST):
        raise argparse.ArgumentTypeError(f"must be a number from 1 to {_MOST:,}")
    return int(text)
