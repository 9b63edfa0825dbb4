"""Demonstration data in a database: what the bot would have written, and gone again without a trace."""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Connection

from bot.desk.demo.commands import add_demo_parser
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.loading import load, save_filters
from bot.desk.demo.making import Order, make
from bot.desk.demo.mix import load_mix
from bot.desk.demo.removal import remove_all
from bot.desk.demo.rows import Written
from bot.desk.retention.record import Record
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.record import append
from bot.store.tables import conversations, episodes, events, metadata
from bot.store.words import phrase_of
from tests.architecture.sources import ROOT

ORDER = Order(conversations=60, days=6, until=1_790_000_000.0, seed=11)

Rows = dict[str, list[Any]]


@pytest.fixture(scope="module")
def written() -> list[Written]:
    return list(make(ORDER, Corpus(ROOT), load_mix(), ZoneInfo("Asia/Shanghai")))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/conversations.sqlite"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def record(url: str) -> AsyncIterator[Record]:
    """The migrated database."""
    opened = Record(url)
    opened.migrate(migrate)
    yield opened
    opened.close()


def _everything(connection: Connection) -> Rows:
    """The rows of every table, and what is found by some words."""
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in tables}


def _found(connection: Connection, words: str) -> list[int]:
    dialect = connection.dialect.name
    query = {
        "sqlite": "SELECT rowid FROM message_words WHERE message_words MATCH :asked ORDER BY 1",
        "postgresql": "SELECT event_id FROM message_words WHERE words @@ to_tsquery('simple', :asked) ORDER BY 1",
    }[dialect]
    return list(connection.execute(text(query), {"asked": phrase_of(words, dialect)}).scalars())


def _ignore(_count: int) -> None:
    """Nobody wants to know how far it is."""


def _copied_by_hand(written: list[Written]) -> Callable[[Connection], None]:
    """Add the same conversations as the bot adds a turn: one after the other."""

    def add(connection: Connection) -> None:
        for each in written:
            append(connection, each.conversation_id, [json.loads(row[4]) for row in each.events])

    return add


async def test_what_is_loaded_is_what_the_bot_would_have_written(
    record: Record, written: list[Written], tmp_path: Any
) -> None:
    await load(record, written, _ignore)
    by_bot = Database(f"sqlite:///{tmp_path}/by-bot.sqlite")
    by_bot.migrate(migrate)
    await by_bot.write(_copied_by_hand(written))
    try:
        for table in (events, conversations, episodes):
            in_order = select(table).order_by(*table.primary_key.columns)
            loaded = await record.read(lambda each, query=in_order: each.execute(query).all())
            expected = await by_bot.read(lambda each, query=in_order: each.execute(query).all())
            assert loaded == expected
        for words in ("充值", "付款", "top up", "payment"):
            found = await record.read(lambda each, asked=words: _found(each, asked))
            assert found
            assert found == await by_bot.read(lambda each, asked=words: _found(each, asked))
    finally:
        by_bot.close()


async def test_leads_have_been_there(record: Record, written: list[Written]) -> None:
    await load(record, written, _ignore)
    await save_filters(record, load_mix(), ORDER.until)
    everything = await record.read(_everything)
    assert everything["saved_filters"]
    reviewed = sum(len(each.additions.reviews) for each in written)
    assert len(everything["reviews"]) == reviewed


async def test_removal_takes_all_of_it_and_nothing_else(record: Record, written: list[Written]) -> None:
    real = [json.loads(row[4]) for row in written[0].events]
    await record.write(lambda each: append(each, "widget-real", real))
    before = await record.read(_everything)
    found = await record.read(lambda each: _found(each, "a"))
    await load(record, written, _ignore)
    await save_filters(record, load_mix(), ORDER.until)
    assert await record.read(_everything) != before
    assert await remove_all(record, load_mix(), _ignore) == ORDER.conversations
    assert await record.read(_everything) == before
    assert await record.read(lambda each: _found(each, "a")) == found


async def test_conversations_that_are_there_keep_their_ids(record: Record, written: list[Written]) -> None:
    real, more = ([json.loads(row[4]) for row in each.events] for each in written[:2])
    first = await record.write(lambda each: append(each, "widget-real", real))
    await load(record, written, _ignore)
    later = await record.write(lambda each: append(each, "widget-real", more))
    assert later.before == first.now
    assert later.now > first.now + sum(len(each.events) for each in written)


def _run(*words: str) -> None:
    parser = argparse.ArgumentParser()
    add_demo_parser(parser.add_subparsers())
    arguments = parser.parse_args(["demo-data", *words])
    arguments.handler(arguments)


@pytest.fixture
def surroundings(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a command is told; the file of its database."""
    file = tmp_path / "conversations.sqlite"
    monkeypatch.setenv("HOTLINE_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("HOTLINE_SECRETS_FILE", str(tmp_path / "none.env"))
    monkeypatch.setenv("HOTLINE_DESK_TOKEN", "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3")
    monkeypatch.setenv("HOTLINE_BOT_TOKEN", "b0c1d2e3f4a5b0c1d2e3f4a5b0c1d2e3")
    monkeypatch.setenv("HOTLINE_ENVIRONMENT", "development")
    monkeypatch.chdir(ROOT)
    return file


def test_production_gets_no_made_up_conversations(surroundings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_ENVIRONMENT", "production")
    with pytest.raises(SystemExit, match="HOTLINE_ENVIRONMENT"):
        _run("--conversations", "5")
    assert not surroundings.exists()


def test_a_database_that_is_not_there_is_made_and_can_be_emptied(
    surroundings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    _run("--conversations", "12")
    assert "12 conversations of 12 made" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="--remove"):
        _run("--conversations", "12")
    _run("--remove")
    assert "12 conversations removed" in capsys.readouterr().out
    _run("--conversations", "3")


def test_removal_of_nothing_makes_no_database(surroundings: Any) -> None:
    _run("--remove")
    assert not surroundings.exists()


def test_outside_the_project_the_data_is_missed(
    surroundings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="the project's folder"):
        _run("--conversations", "3")
    assert not surroundings.exists()
