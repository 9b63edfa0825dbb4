"""``python -m wallet`` as processes of their own, on a database that outlives each of them."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bot.launch.processes import is_healthy
from tests.stack.ports import free_ports

_COMMAND = [sys.executable, "-m", "wallet"]
_START_SECONDS, _END_SECONDS, _POLL_SECONDS = 120, 60, 0.1
ROOT = Path(__file__).parents[3]


class WalletProcess:
    """One wallet after another, all on one port and one database; ``environment`` is what the next one is told."""

    def __init__(self, database_url: str, folder: Path) -> None:
        (port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOTLINE_SECRETS_FILE": str(folder / "absent"),
            "HOTLINE_WALLET_DATABASE_URL": database_url,
            "HOTLINE_WALLET_PORT": str(port),
            "HOTLINE_WALLET_TOKEN_SECRET": secrets.token_hex(24),
            "HOTLINE_USER_TOKEN_SECRET": secrets.token_hex(24),
            "HOTLINE_WALLET_SUPPORT_TOKEN": secrets.token_hex(24),
        }
        self._log = folder / "wallet.log"
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        arguments = [*_COMMAND, *command.split()]
        return subprocess.run(
            arguments, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=_END_SECONDS
        )

    def start(self) -> None:
        """Serve, and wait until it can; what it wrote is told if it ends instead."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_COMMAND, "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _START_SECONDS
        while not is_healthy(self.url):
            assert self._process.poll() is None and time.monotonic() < deadline, self._log.read_text(encoding="utf-8")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> int:
        """Ask it to end, and wait until it has; its return code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(_END_SECONDS)

    def kill(self) -> None:
        """End it, if it runs, as a power cut would: it is told nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def logged(self) -> list[dict[str, Any]]:
        """All that the wallets have logged so far, a line of JSON for each event."""
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]
