"""The desk's commands, run as a program runs them."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.desk.commands import add_parser
from bot.desk.database import open_database
from bot.desk.handoffs.intake import take_in
from bot.desk.handoffs.requests import read_packet
from bot.desk.hours.hours import Hours
from bot.desk.letters.bot_client import BotClient
from bot.desk.live.hub import Hub
from bot.desk.live.viewers import Viewers
from bot.desk.migrate import migrate
from bot.desk.parts import Desk, Limits
from bot.desk.settings import Settings
from tests.integration.desk.conftest import FakeClock
from tests.stack.ports import free_ports

MakePacket = Callable[..., dict[str, Any]]
Run = Callable[..., str]
Deliver = Callable[..., None]

PROJECT = Path(__file__).parents[3]
PROGRAM = """
import argparse
from bot.desk.commands import add_parser
parser = argparse.ArgumentParser()
add_parser(parser.add_subparsers(required=True))
arguments = parser.parse_args()
arguments.handler(arguments)
"""


@pytest.fixture
def environment(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOTLINE_DESK_TOKEN", settings.token)
    monkeypatch.setenv("HOTLINE_BOT_TOKEN", settings.bot_token)
    monkeypatch.setenv("HOTLINE_DESK_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LOGNAME", "wang")


@pytest.fixture
def run(environment: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of the desk and return what it prints."""

    def run(*words: str) -> str:
        parser = argparse.ArgumentParser()
        add_parser(parser.add_subparsers(required=True))
        arguments = parser.parse_args(["desk", *words])
        arguments.handler(arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def deliver(settings: Settings) -> Deliver:
    """Take hand-offs in while the desk does not run, each a minute after the one before."""

    async def take_all_in(packets: tuple[dict[str, Any], ...]) -> None:
        clock, hub = FakeClock(), Hub()
        async with open_database(settings.database_url) as engine:
            await migrate(engine)
            bot = BotClient(settings.bot_url, settings.bot_token)
            desk = Desk(engine, clock, Hours.always(), Limits(), hub, Viewers(hub), bot)
            for packet in packets:
                await take_in(desk, read_packet({**packet, "conversation_id": f"of {packet['number']}"}))
                clock.move_on(minutes=1)

    def deliver(*packets: dict[str, Any]) -> None:
        asyncio.run(take_all_in(packets))

    return deliver


def test_without_a_database_there_are_no_cases(run: Run) -> None:
    assert run("cases") == "No cases.\n"


def test_cases_are_listed_newest_first_with_fraud_marked(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet("WH-0000-0001"), packet("WH-0000-0002", reason="fraud", user_id=None))

    assert run("cases").splitlines() == [
        "NUMBER        STATE     REASON     TOPIC    USER   OWNER  ANSWER DUE (UTC)  LAST WORDS",
        "WH-0000-0002  open   !  fraud      payment  guest  -      2026-03-01 09:32  还是不行,转人工",
        "WH-0000-0001  open      exhausted  payment  chen   -      2026-03-01 16:31  还是不行,转人工",
    ]


def test_cases_are_listed_by_state(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet("WH-0000-0001"), packet("WH-0000-0002"))
    run("case", "WH-0000-0002", "--state", "in_progress")

    assert "WH-0000-0002" in run("cases", "--state", "in_progress")
    assert "WH-0000-0002" not in run("cases", "--state", "open")


def test_a_list_that_is_cut_says_so(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet("WH-0000-0001"), packet("WH-0000-0002"))

    assert run("cases", "--limit", "1").endswith("There are older ones: --limit shows more.\n")


def test_cases_are_listed_for_programs_as_the_api_answers(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet())
    listed = json.loads(run("cases", "--json"))

    assert listed["next"] is None
    assert listed["items"][0].items() >= packet(conversation_id="of WH-7K3M-Q9TD").items()


def test_a_case_is_shown_whole_by_its_number_as_people_type_it(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet("WH-7K01-Q9TD", reason="fraud"))

    assert run("case", "wh-7kol-q9td").splitlines() == [
        "WH-7K01-Q9TD  open  ! FRAUD, answer first",
        "",
        "  Handed over  2026-03-01 08:30 UTC, fraud",
        "  Hand-off     case",
        "  Answer due   2026-03-01 09:31 UTC",
        "  Resolved     -",
        "  Owner        -",
        "  Topic        payment",
        "  User         chen",
        "  Language     zh, on widget",
        "  Transcript   conversation-1, until 2026-03-01 08:30 UTC",
        "",
        "Last words",
        "  还是不行,转人工",
        "",
        "Findings",
        '  over_daily_limit  limit: {"minor": 200000, "currency": "CNY"}',
        "",
        "Steps tried",
        "  2026-03-01 08:29  lower_amount  still_failing",
        "",
        "Facts",
        "  card  •••• 1234",
        "",
        "History",
        "  2026-03-01 08:31  bot   received",
        "  2026-03-01 08:31  desk  defer: nobody",
    ]


def test_a_case_is_changed_and_its_history_tells_by_whom(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet())
    run("case", "WH-7K3M-Q9TD", "--state", "in_progress", "--owner", "小李")
    shown = run("case", "WH-7K3M-Q9TD", "--state", "resolved", "--note", "called back")
    history = [line[20:] for line in shown[shown.index("History\n") :].splitlines()[1:]]

    assert history == [
        "bot   received",
        "desk  defer: nobody",
        "wang  state: open → in_progress",
        "wang  owner: - → 小李",
        "wang  state: in_progress → resolved",
        "wang  note: called back",
        "wang  resolve",
    ]


def test_an_unknown_number_ends_with_one_line(run: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        run("case", "WH-0000-0000")

    assert str(ended.value) == "WH-0000-0000: there is no case of this number"


def test_a_change_that_is_not_allowed_ends_with_one_line(run: Run, deliver: Deliver, packet: MakePacket) -> None:
    deliver(packet())
    with pytest.raises(SystemExit) as ended:
        run("case", "WH-7K3M-Q9TD", "--state", "resolved")

    assert str(ended.value) == "WH-7K3M-Q9TD: a case that is open cannot become resolved"


def test_a_missing_secret_ends_with_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOTLINE_DESK_TOKEN")
    with pytest.raises(SystemExit, match=r"^HOTLINE_DESK_TOKEN is missing"):
        run("cases")


def test_serve_brings_up_the_database_and_stops_when_told_to(environment: None, tmp_path: Path) -> None:
    (port,) = free_ports(1)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "desk", "serve"],
        env={**os.environ, "HOTLINE_DESK_PORT": str(port), "PYTHONPATH": str(PROJECT)},
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None and not answers(f"http://127.0.0.1:{port}/health"):
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    finally:
        process.kill()
        process.wait()
    assert (tmp_path / "var" / "desk.sqlite").is_file()


def test_serve_fails_where_another_listens(environment: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, "desk", "serve"],
            env={**os.environ, "HOTLINE_DESK_PORT": str(port), "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
        )

    assert ended.returncode == 1
    assert f"The desk cannot listen on 127.0.0.1:{port}" in ended.stderr


def test_serve_ends_with_one_line_where_the_calendar_is_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hours.yml").write_text("zone: Asia/Shanghai")
    monkeypatch.setenv("HOTLINE_DESK_HOURS", "hours.yml")

    with pytest.raises(SystemExit, match=r"^HOTLINE_DESK_HOURS is no calendar: .*hours\.yml"):
        run("serve")


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False
