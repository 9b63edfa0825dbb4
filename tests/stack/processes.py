"""Wallet, desk and bot as three real processes, with ports, secrets, databases and folders of their own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from bot.launch.processes import Running, Service
from bot.settings import SECRETS
from tests.stack.ports import HOST, free_ports

_READY_SECONDS = 120
_PYTHON = [sys.executable, "-m"]
_LOG_LINES = 40


class Stack:
    """Everything of one machine. ``folder`` takes databases, logs and waiting hand-offs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = folder / "log"
        wallet, desk, bot = free_ports(3)
        self.services = {
            "wallet": Service("wallet", [*_PYTHON, "wallet", "serve"], HOST, wallet),
            "desk": Service("desk", [*_PYTHON, "bot", "desk", "serve"], HOST, desk),
            "bot": Service("bot", [*_PYTHON, "bot", "serve"], HOST, bot),
        }
        self.settings = self._settings()
        self._running: dict[str, Running] = {}

    def url(self, name: str) -> str:
        """Where a service listens."""
        return self.services[name].url

    @property
    def environment(self) -> dict[str, str]:
        """What each process is told; nothing of the surrounding product's settings gets in."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
        return {**inherited, **self.settings, "PYTHONUNBUFFERED": "1"}

    def start_all(self) -> None:
        """Train if the data has changed, seed, start all three, wait until each can serve."""
        self.logs.mkdir(parents=True)
        self.run("bot", "train")
        # The bot needs longest and nothing of the others to get ready.
        self._launch("bot")
        self.run("wallet", "migrate")
        self.run("wallet", "seed")
        self._launch("wallet")
        self._launch("desk")
        for running in self._running.values():
            running.wait_until_ready(_READY_SECONDS)

    def start(self, name: str) -> None:
        """Start one service unless it runs."""
        if name not in self._running:
            self._launch(name).wait_until_ready(_READY_SECONDS)

    def _launch(self, name: str) -> Running:
        self._running[name] = Running(self.services[name], self.environment, self.logs)
        return self._running[name]

    def stop(self, name: str) -> None:
        """End one service."""
        running = self._running.pop(name)
        running.ask_to_end()
        running.end()

    def kill(self, name: str) -> None:
        """End one service as a power cut would."""
        self._running.pop(name).kill()

    def stop_all(self) -> None:
        """End whatever runs."""
        for running in self._running.values():
            running.ask_to_end()
        for running in self._running.values():
            running.end()
        self._running.clear()

    def run(self, *words: str, typed: str = "") -> str:
        """Run one command of the product to its end, with what is typed into it; what it printed."""
        done = subprocess.run(
            [*_PYTHON, *words],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{' '.join(words)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout

    def last_log_lines(self) -> dict[str, str]:
        """The end of each process's log."""
        return {
            log.stem: "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:])
            for log in sorted(self.logs.glob("*.log"))
        }

    def _settings(self) -> dict[str, str]:
        made = {name: secrets.token_urlsafe(48) for name in SECRETS}
        return {
            **made,
            "HOTLINE_ENVIRONMENT": "development",
            "HOTLINE_SECRETS_FILE": str(self.folder / "secrets.env"),
            "HOTLINE_BOT_HOST": HOST,
            "HOTLINE_BOT_PORT": str(self.services["bot"].port),
            "HOTLINE_DATABASE_URL": f"sqlite:///{self.folder}/conversations.sqlite",
            "HOTLINE_BOT_URL": self.services["bot"].url,
            "HOTLINE_WIDGET_ORIGINS": self.services["wallet"].url,
            # All tests have one address.
            "HOTLINE_WIDGET_REQUESTS_PER_ADDRESS": "100000",
            "HOTLINE_WIDGET_SESSIONS_PER_ADDRESS": "100000",
            "HOTLINE_MODELS_FOLDER": str(Path.cwd() / "models"),
            "HOTLINE_LOG_FOLDER": str(self.logs),
            "HOTLINE_ACTION_SERVER_URL": "",
            "HOTLINE_METRICS_TOKEN": "",
            "HOTLINE_DATA_FOLDER": str(Path.cwd() / "data"),
            "HOTLINE_OUTBOX_FOLDER": str(self.folder / "outbox"),
            "HOTLINE_DELIVERY_SECONDS": "0.5",
            "HOTLINE_CONNECT_SECONDS": "1",
            "HOTLINE_ANSWER_SECONDS": "20",
            "HOTLINE_TIME_ZONE": _zone_of_noon(datetime.now(timezone.utc)),
            "HOTLINE_WALLET_URL": self.services["wallet"].url,
            "HOTLINE_WALLET_HOST": HOST,
            "HOTLINE_WALLET_PORT": str(self.services["wallet"].port),
            "HOTLINE_WALLET_PUBLIC_URL": self.services["wallet"].url,
            "HOTLINE_WALLET_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder}/wallet.sqlite",
            "HOTLINE_WALLET_SUPPORT_READ_TOKEN": "",
            "HOTLINE_WALLET_ATTEMPTS_PER_ADDRESS": "10000",
            "HOTLINE_WALLET_ATTEMPTS_PER_ACCOUNT": "100",
            "HOTLINE_DESK_URL": self.services["desk"].url,
            "HOTLINE_DESK_HOST": HOST,
            "HOTLINE_DESK_PORT": str(self.services["desk"].port),
            "HOTLINE_DESK_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder}/desk.sqlite",
        }


def _zone_of_noon(now: datetime) -> str:
    """A time zone where it is about noon, so that no limit of a day resets while the tests run."""
    behind = now.hour - 12
    return f"Etc/GMT{'+' if behind >= 0 else '-'}{abs(behind)}"
