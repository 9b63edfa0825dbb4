"""The commands about agents, run as a program runs them."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.desk.agents.passwords import Passwords
from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.agents.service import find_agent_named
from bot.desk.agents.sign_ins import check_password
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.database import open_database
from bot.desk.settings import Settings

PROJECT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "bot", "desk"]
PASSWORD = "correct horse battery"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """What the program is told of its surroundings."""
    return {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "HOTLINE_SECRETS_FILE": str(tmp_path / "none.env"),
        "HOTLINE_DESK_TOKEN": settings.token,
        "HOTLINE_BOT_TOKEN": settings.bot_token,
        "HOTLINE_DESK_DATABASE_URL": settings.database_url,
    }


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a command with something on its standard input."""

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *words], env=environment, cwd=tmp_path, input=typed, capture_output=True, text=True
        )

    return run


def found(settings: Settings, name: str, password: str) -> tuple[Agent, bool]:
    """The agent of a name, and whether a password lets him in."""

    async def find() -> tuple[Agent, bool]:
        async with open_database(settings.database_url) as engine:
            agent = await find_agent_named(engine, name)
            return agent, (await check_password(engine, Passwords(), name, password))[1]

    return asyncio.run(find())


def test_the_first_admin_is_made_with_a_password_from_standard_input(run: Run, settings: Settings) -> None:
    done = run("add-user", "LiHua", "--role", "admin", "--password-stdin", typed=f"{PASSWORD}\nnot this\n")
    agent, is_let_in = found(settings, "lihua", PASSWORD)

    assert (done.returncode, done.stdout, done.stderr) == (0, "lihua can sign in to the desk as admin.\n", "")
    assert (agent.display_name, agent.role, agent.language) == ("lihua", Role.ADMIN, Language.ZH)
    assert (agent.must_change_password, is_let_in) == (False, True)


def test_a_display_name_and_a_language_are_taken(run: Run, settings: Settings) -> None:
    options = ["--role", "agent", "--display-name", "王 磊", "--language", "en", "--password-stdin"]
    run("add-user", "wang.lei", *options, typed=PASSWORD)
    agent, _ = found(settings, "wang.lei", PASSWORD)

    assert (agent.display_name, agent.role, agent.language) == ("王 磊", Role.AGENT, Language.EN)


def typed_at_a_terminal(command: list[str], environment: dict[str, str], lines: list[str]) -> tuple[int, str]:
    """Run a command at a terminal, answer each question as it comes; its exit code and all it showed."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - the program itself
        os.execve(command[0], command, environment)  # noqa: S606
    shown = b""
    try:
        while True:
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break  # the program has ended
            if not piece:
                break
            shown += piece
            if lines and shown.endswith(b": "):
                os.write(terminal, f"{lines.pop(0)}\n".encode())
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(
    environment: dict[str, str], settings: Settings
) -> None:
    command = [*PROGRAM, "add-user", "lihua", "--role", "admin"]
    code, shown = typed_at_a_terminal(command, environment, [PASSWORD, PASSWORD])

    assert (code, found(settings, "lihua", PASSWORD)[1]) == (0, True)
    assert "Password: " in shown
    assert "Once more: " in shown
    assert PASSWORD not in shown


def test_at_a_terminal_two_different_passwords_are_refused(environment: dict[str, str]) -> None:
    command = [*PROGRAM, "add-user", "lihua", "--role", "admin"]
    code, shown = typed_at_a_terminal(command, environment, [PASSWORD, f"{PASSWORD}!"])

    assert (code, shown.splitlines()[-1]) == (1, "The two passwords are not the same.")


def test_the_password_is_not_an_argument(run: Run) -> None:
    done = run("add-user", "lihua", "--role", "admin", "--password", PASSWORD)

    assert done.returncode == 2


@pytest.mark.parametrize(
    ("words", "typed", "line"),
    [
        (["add-user", "lihua", "--role", "admin"], "short\n", "Password must be 10 to 200 characters."),
        (["add-user", "lihua", "--role", "admin"], "", "Password must be 10 to 200 characters."),
        (["add-user", "lihua", "--role", "admin"], "aaaaaaaaaaaa", "Password is too easily guessed."),
        (["set-password", "nobody"], PASSWORD, "There is no such agent."),
    ],
    ids=["short", "none", "plain", "nobody"],
)
def test_what_cannot_be_done_ends_with_one_line(run: Run, words: list[str], typed: str, line: str) -> None:
    done = run(*words, "--password-stdin", typed=typed)

    assert (done.returncode, done.stderr.strip()) == (1, line)


def test_a_name_that_is_taken_ends_with_one_line(run: Run) -> None:
    add = ["add-user", "lihua", "--role", "admin", "--password-stdin"]
    run(*add, typed=PASSWORD)
    done = run(*add, typed=PASSWORD)

    assert (done.returncode, done.stderr.strip()) == (1, "There is an agent lihua already.")


def test_a_new_password_replaces_the_old_one(run: Run, settings: Settings) -> None:
    run("add-user", "lihua", "--role", "admin", "--password-stdin", typed=PASSWORD)
    done = run("set-password", "lihua", "--password-stdin", typed="another good one")

    assert done.stdout == "lihua has a new password and is signed out everywhere.\n"
    assert found(settings, "lihua", PASSWORD)[1] is False
    assert found(settings, "lihua", "another good one")[1] is True


def test_somebody_is_disabled_but_never_the_last_admin(run: Run, settings: Settings) -> None:
    run("add-user", "lihua", "--role", "admin", "--password-stdin", typed=PASSWORD)
    run("add-user", "tom", "--role", "agent", "--password-stdin", typed=PASSWORD)
    refused, done = run("disable-user", "lihua"), run("disable-user", "tom")

    assert (refused.returncode, refused.stderr.strip()) == (1, "There must be an admin.")
    assert done.stdout == "tom is signed out and cannot sign in any more.\n"
    assert [found(settings, name, PASSWORD)[1] for name in ("lihua", "tom")] == [True, False]


def test_what_is_done_at_a_terminal_is_audited(run: Run, settings: Settings) -> None:
    async def entries() -> list[tuple[str | None, Action, str | None, str | None]]:
        async with open_database(settings.database_url) as engine:
            page = await list_entries(engine, EntryFilter(), 10)
            return [(entry.agent_name, entry.action, entry.subject, entry.address) for entry in page.items]

    run("add-user", "lihua", "--role", "admin", "--password-stdin", typed=PASSWORD)
    run("set-password", "lihua", "--password-stdin", typed="another good one")

    assert asyncio.run(entries()) == [
        (None, Action.PASSWORD_CHANGED, "lihua", None),
        (None, Action.AGENT_ADDED, "lihua", None),
    ]


def test_nobody_is_added_under_the_display_name_of_somebody_else(run: Run) -> None:
    run("add-user", "lihua", "--role", "agent", "--display-name", "Li Hua", "--password-stdin", typed=PASSWORD)
    options = ["--role", "agent", "--display-name", "LI HUA", "--password-stdin"]
    done = run("add-user", "another", *options, typed=PASSWORD)

    assert (done.returncode, done.stderr) == (1, "Somebody is called LI HUA already.\n")
