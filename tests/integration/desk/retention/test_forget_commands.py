"""The commands, as a terminal runs them."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.desk.clock import system_clock
from bot.desk.commands import add_parser as add_desk
from bot.desk.retention.commands import add_parser
from bot.desk.retention.house import open_house
from bot.desk.settings import Settings
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.integration.desk.retention.writing import Keeper

NUMBER = "WH-7K3M-Q9TD"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(private: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; its exit code and what it prints."""
    for name, value in {
        "HOTLINE_DESK_TOKEN": private.token,
        "HOTLINE_BOT_TOKEN": private.bot_token,
        "HOTLINE_DESK_DATABASE_URL": private.database_url,
        "HOTLINE_DATABASE_URL": private.conversations_url,
        "HOTLINE_OUTBOX_FOLDER": private.outbox_folder,
    }.items():
        monkeypatch.setenv(name, value)

    def run(*words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        commands = parser.add_subparsers(required=True)
        add_parser(commands)
        add_desk(commands)
        arguments = parser.parse_args(words)
        code = arguments.handler(arguments) or 0
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def filled(private: Settings) -> None:
    """Chen, who has been here today, and Li, who was here two years ago."""
    database = Database(private.conversations_url)
    database.migrate(migrate)

    async def fill() -> None:
        async with open_house(private, system_clock) as house:
            keeper = Keeper(house, database)
            await keeper.talk("widget-a1", "chen")
            await keeper.handoff(NUMBER, "widget-a1", "chen")
            await keeper.talk("widget-b1", "li", at=(system_clock() - timedelta(days=730)).timestamp())

    asyncio.run(fill())
    database.close()


def test_a_user_is_forgotten_and_that_is_shown_table_by_table(run: Run, filled: None) -> None:
    code, printed = run("forget", "chen", "--yes")

    assert code == 0
    assert printed.startswith(f"Kept of chen: conversations 1, hand-offs 1 ({NUMBER}), hand-overs that wait 0; ")
    assert {
        ("conversations", "events", "1", "0"),
        ("conversations", "episodes", "1", "0"),
        ("desk", "letters", "1", "0"),
        ("desk", "audit", "(emptied)", "2", "0"),
        ("file", "conversations.sqlite", "0"),
    } <= rows(printed)
    assert "0 left of chen." in printed
    assert run("forget", "chen", "--yes")[1].startswith("Nothing is kept of chen.\n")


def test_lines_that_have_been_exported_are_told_of(run: Run, filled: None) -> None:
    assert "In the review set 1 of the lines" in run("forget", "chen", "--yes")[1]


def test_what_is_left_makes_it_fail_and_is_shown(run: Run, filled: None, private: Settings) -> None:
    database = Database(private.conversations_url)
    database.migrate(lambda each: each.exec_driver_sql("CREATE TABLE rumours (words TEXT)"))
    database.migrate(lambda each: each.exec_driver_sql("""INSERT INTO rumours VALUES ('{"user_id": "chen"}')"""))
    database.close()

    code, printed = run("forget", "chen", "--yes")

    assert code == 1
    assert "left: conversations rumours.words: 1" in printed


def test_nobody_is_forgotten_unasked(run: Run, filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="--yes"):
        run("forget", "chen")

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "li")
    code, printed = run("forget", "chen")
    assert code == 1
    assert printed.endswith("Nothing was removed.\n")

    monkeypatch.setattr("builtins.input", lambda _question: "chen")
    assert run("forget", "chen")[0] == 0


def test_an_empty_id_is_nobodys(run: Run) -> None:
    with pytest.raises(SystemExit, match="nobody"):
        run("forget", " ")


def test_before_anything_is_kept_there_is_nothing_to_forget(run: Run, private: Settings) -> None:
    code, printed = run("forget", "chen", "--yes")

    assert (code, printed.splitlines()[0]) == (0, "Nothing is kept of chen.")


def rows(printed: str) -> set[tuple[str, ...]]:
    return {tuple(line.split()) for line in printed.splitlines()}


def test_what_is_too_old_is_shown_and_then_removed(run: Run, filled: None) -> None:
    assert ("conversations", "events", "1") in rows(run("desk", "retain", "--dry-run")[1])
    assert ("conversations", "events", "1") in rows(run("desk", "retain")[1])

    code, printed = run("desk", "retain")

    assert code == 0
    assert rows(printed) & {("where", "table", "removed"), ("conversations", "events", "1")} == {
        ("where", "table", "removed")
    }


def test_an_age_of_ones_own_is_taken(run: Run, filled: None) -> None:
    assert "731 days ago" in run("desk", "retain", "--dry-run", "--days", "731")[1]
    with pytest.raises(SystemExit):
        run("desk", "retain", "--days", "0")


def test_without_an_age_everything_is_kept(run: Run, filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_RETENTION_DAYS", "0")

    assert run("desk", "retain")[1] == "Conversations are kept for ever: HOTLINE_RETENTION_DAYS is 0.\n"
