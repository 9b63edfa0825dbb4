"""The commands as the launcher runs them."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOTLINE_SECRETS_FILE": str(tmp_path / "absent"),
        "HOTLINE_WALLET_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/var/wallet.sqlite",
        "HOTLINE_WALLET_PORT": str(free_port()),
        "HOTLINE_WALLET_TOKEN_SECRET": secrets.token_hex(24),
        "HOTLINE_USER_TOKEN_SECRET": secrets.token_hex(24),
        "HOTLINE_WALLET_SUPPORT_TOKEN": secrets.token_hex(24),
    }


def run(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-m", "wallet", *command.split()]
    return subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_missing_secret_stops_every_command_with_one_line(environment: dict[str, str]) -> None:
    del environment["HOTLINE_WALLET_TOKEN_SECRET"]
    stopped = run("serve", environment)
    assert (stopped.returncode, stopped.stderr) == (1, "HOTLINE_WALLET_TOKEN_SECRET is missing\n")


def test_demo_users_are_refused_outside_development(environment: dict[str, str]) -> None:
    refused = run("seed", {**environment, "HOTLINE_ENVIRONMENT": "production"})
    assert (refused.returncode, "only for development" in refused.stderr) == (1, True)


def test_a_port_that_is_taken_stops_the_start_with_one_line(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        stopped = run("serve", {**environment, "HOTLINE_WALLET_PORT": str(port)})
    assert (stopped.returncode, stopped.stderr.splitlines()[-1]) == (1, f"cannot listen on 127.0.0.1:{port}")


def test_a_database_that_is_none_ends_the_command(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, this is not a database of any kind.")
    broken = {**environment, "HOTLINE_WALLET_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/letter.txt"}
    assert [run(command, broken).returncode for command in ("migrate", "serve")] == [1, 1]


def test_an_operator_hears_in_one_line_why_nothing_was_done(environment: dict[str, str]) -> None:
    refused = run("unfreeze nobody --reason mistake", environment)
    assert (refused.returncode, refused.stderr) == (1, "the database has not been migrated\n")
    assert run("migrate", environment).returncode == 0
    refused = run("unfreeze nobody --reason mistake", environment)
    assert (refused.returncode, refused.stderr) == (1, "no such user\n")


def test_a_migrated_and_seeded_wallet_serves_and_stops(environment: dict[str, str]) -> None:
    assert run("migrate", environment).returncode == 0
    assert "chen" in run("seed", environment).stdout
    assert "none" in run("seed", environment).stdout
    arguments = [sys.executable, "-m", "wallet", "serve"]
    server = subprocess.Popen(arguments, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert answer_when_up(server, f"http://127.0.0.1:{environment['HOTLINE_WALLET_PORT']}/health") == {
            "status": "ok"
        }
    finally:
        server.terminate()
        _, log = server.communicate()
    assert server.returncode == 0
    assert all(json.loads(line) for line in log.splitlines())


def answer_when_up(server: subprocess.Popen[str], url: str) -> object:
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as response:  # noqa: S310 - a URL of our own
                return json.load(response)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server ended before it answered")
