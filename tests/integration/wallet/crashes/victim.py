"""``python -m wallet serve`` on a database that outlives it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.stack.processes import free_ports
from wallet.settings import Settings

_START_SECONDS = 120


class Victim:
    """One wallet process after another, all on one port and one database."""

    def __init__(self, settings: Settings, log: Path) -> None:
        (port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self._log = log
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOTLINE_SECRETS_FILE": str(log.parent / "absent"),
            "HOTLINE_WALLET_DATABASE_URL": settings.database_url,
            "HOTLINE_WALLET_PORT": str(port),
            "HOTLINE_WALLET_TOKEN_SECRET": settings.token_secret,
            "HOTLINE_USER_TOKEN_SECRET": settings.user_token_secret,
            "HOTLINE_WALLET_SUPPORT_TOKEN": settings.support_token,
            "HOTLINE_WALLET_ATTEMPTS_PER_ADDRESS": "100000",
            "HOTLINE_WALLET_ATTEMPTS_PER_ACCOUNT": "100000",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it can serve."""
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "wallet", "serve"]
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            assert self._process.poll() is None and time.monotonic() < deadline, self._log.read_text(encoding="utf-8")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would: it is told nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:  # noqa: S310 - a URL of our own
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
