"""The commands as the launcher runs them."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.integration.wallet.wallet_process import WalletProcess


def test_a_missing_secret_stops_every_command_with_one_line(wallet_process: WalletProcess) -> None:
    del wallet_process.environment["HOTLINE_WALLET_TOKEN_SECRET"]
    stopped = wallet_process.run("serve")
    assert (stopped.returncode, stopped.stderr) == (1, "HOTLINE_WALLET_TOKEN_SECRET is missing\n")


def test_demo_users_are_refused_outside_development(wallet_process: WalletProcess) -> None:
    wallet_process.environment["HOTLINE_ENVIRONMENT"] = "production"
    refused = wallet_process.run("seed")
    assert (refused.returncode, "only for development" in refused.stderr) == (1, True)


def test_a_port_that_is_taken_stops_the_start_with_one_line(wallet_process: WalletProcess) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        wallet_process.environment["HOTLINE_WALLET_PORT"] = str(port)
        stopped = wallet_process.run("serve")
    assert (stopped.returncode, stopped.stderr.splitlines()[-1]) == (1, f"cannot listen on 127.0.0.1:{port}")


def test_a_database_that_is_none_ends_the_command(wallet_process: WalletProcess, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, this is not a database of any kind.")
    wallet_process.environment["HOTLINE_WALLET_DATABASE_URL"] = f"sqlite+aiosqlite:///{tmp_path}/letter.txt"
    assert [wallet_process.run(command).returncode for command in ("migrate", "serve")] == [1, 1]


def test_an_operator_hears_in_one_line_why_nothing_was_done(wallet_process: WalletProcess) -> None:
    refused = wallet_process.run("unfreeze nobody --reason mistake")
    assert (refused.returncode, refused.stderr) == (1, "the database has not been migrated\n")
    assert wallet_process.run("migrate").returncode == 0
    refused = wallet_process.run("unfreeze nobody --reason mistake")
    assert (refused.returncode, refused.stderr) == (1, "no such user\n")


def test_a_migrated_and_seeded_wallet_serves_and_stops(wallet_process: WalletProcess) -> None:
    assert wallet_process.run("migrate").returncode == 0
    assert "chen" in wallet_process.run("seed").stdout
    assert "none" in wallet_process.run("seed").stdout
    wallet_process.start()
    assert wallet_process.stop() == 0
    assert wallet_process.logged()
