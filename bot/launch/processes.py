"""The processes of one machine: start them, wait until each can serve, end all that were started."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_POLL_SECONDS = 0.2
_END_SECONDS = 10.0
_LOG_LINES = 5


@dataclass(frozen=True)
class Service:
    """A process that serves: its name, its command, where it listens."""

    name: str
    command: list[str]
    host: str
    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}:{self.port}"


class Running:
    """A service that was started, with its log beside it."""

    def __init__(self, service: Service, environment: Mapping[str, str], log_folder: Path) -> None:
        self.service = service
        self.log = log_folder / f"{service.name}.log"
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches only the launcher, which ends the others in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own commands
                service.command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its number on this machine."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def last_words(self) -> str:
        """The end of its log, for the one line that says why it did not start."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines[-_LOG_LINES:] if line.strip())

    def wait_until_ready(self, seconds: float) -> None:
        """Raises SystemExit when the process ends or does not get ready in time."""
        deadline = time.monotonic() + seconds
        while not is_healthy(self.service.url):
            if self.has_ended:
                raise SystemExit(f"{self.service.name} did not start, see {self.log}:\n{self.last_words()}")
            if time.monotonic() > deadline:
                raise SystemExit(f"{self.service.name} was not ready after {seconds:.0f} s, see {self.log}")
            time.sleep(_POLL_SECONDS)

    def ask_to_end(self) -> None:
        """Ask the process, and what it may have started, to end."""
        if not self.has_ended:
            os.killpg(self._process.pid, signal.SIGTERM)

    def end(self) -> None:
        """Wait for the end; a process that does not come to one is killed."""
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process where it stands."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def is_healthy(url: str) -> bool:
    """Whether a service answers its health check with ok."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - http from settings
            return bool(json.load(answer).get("status") == "ok")
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        return False


def is_port_free(host: str, port: int) -> bool:
    """Whether somebody could listen there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
