"""The two systems: which processes each is made of, started until it answers, and ended."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bot.channels.identity import make_user_token
from bot.launch.processes import Running, Service
from tests.benchmarks.memory import memory_of
from tests.benchmarks.surroundings import Surroundings
from tests.stack.ports import HOST, free_ports
from tests.stack.web import call

STOCK, OURS = "stock", "ours"
STOCK_FOLDER = Path("tests/benchmarks/stock")
_START_SECONDS = 300
_POLL_SECONDS = 0.05
# The first message needs the actions and the wallet, so whoever answers it is wholly up.
_FIRST_MESSAGE, _FIRST_USER = "支付失败", "chen"


class Process(Running):
    """A running service whose memory can be looked at."""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid


class System:
    """Stock or ours, started and ended as often as wanted; only one of the two runs at a time."""

    def __init__(self, name: str, services: list[Service], surroundings: Surroundings, extra: dict[str, str]) -> None:
        """The first of the services is the bot."""
        self.name = name
        self.url = services[0].url
        self._services = services
        self._logs = surroundings.logs
        self._database = _database(surroundings, name)
        outbox = {"HOTLINE_OUTBOX_FOLDER": str(surroundings.folder / f"{name}-outbox")}
        self.environment = {**surroundings.environment, **outbox, **extra}
        self._running: list[Process] = []

    def start(self) -> float:
        """Seconds until the first message is answered. Raises SystemExit with one line when that does not come."""
        for file in self._database.parent.glob(f"{self._database.name}*"):
            file.unlink()
        began = time.monotonic()
        for service in self._services:
            self._running.append(Process(service, self.environment, self._logs))
        while not self._answers():
            for process in self._running:
                if process.has_ended:
                    raise SystemExit(f"{self.name} did not start, see {process.log}:\n{process.last_words()}")
            if time.monotonic() - began > _START_SECONDS:
                raise SystemExit(f"{self.name} answered nothing in {_START_SECONDS} s, see {self._logs}")
            time.sleep(_POLL_SECONDS)
        return time.monotonic() - began

    def memory(self) -> int | None:
        """Bytes of all its processes; None where the machine does not tell."""
        return memory_of(process.pid for process in self._running)

    def stop(self) -> None:
        """End it."""
        for process in self._running:
            process.ask_to_end()
        for process in self._running:
            process.end()
        self._running = []

    def _answers(self) -> bool:
        token = make_user_token(_FIRST_USER, self.environment["HOTLINE_USER_TOKEN_SECRET"])
        terminal = f"{self.url}/webhooks/terminal"
        try:
            opened = call("POST", f"{terminal}/sessions", {"user_token": token})
            if opened.status != 201:
                return False
            answer = call("POST", f"{terminal}/messages", {"text": _FIRST_MESSAGE}, opened.body["session_token"])
        except OSError:
            return False
        return answer.status == 200 and bool(answer.body["messages"])


def stock(surroundings: Surroundings, model: Path) -> System:
    """Rasa's own server with its SQL tracker store, and the SDK's action server."""
    python = [sys.executable, "-m"]
    port, actions = surroundings.services["bot"].port, *free_ports(1)
    endpoints, credentials = STOCK_FOLDER / "endpoints.yml", STOCK_FOLDER / "credentials.yml"
    files = ["--model", str(model), "--endpoints", str(endpoints), "--credentials", str(credentials)]
    services = [
        Service("stock", [*python, "rasa", "run", *files, "-i", HOST, "-p", str(port)], HOST, port),
        Service("stock-actions", [*python, "rasa_sdk", "--actions", "actions", "-p", str(actions)], HOST, actions),
    ]
    extra = {
        "STOCK_DATABASE": str(_database(surroundings, STOCK)),
        "STOCK_ACTION_SERVER_URL": f"http://{HOST}:{actions}/webhook",
        "SANIC_HOST": HOST,
    }
    return System(STOCK, services, surroundings, extra)


def ours(surroundings: Surroundings) -> System:
    """The bot by the command with which ``make run`` starts it."""
    bot = surroundings.services["bot"]
    extra = {"HOTLINE_DATABASE_URL": f"sqlite:///{_database(surroundings, OURS)}"}
    return System(OURS, [Service(OURS, bot.command, bot.host, bot.port)], surroundings, extra)


def _database(surroundings: Surroundings, name: str) -> Path:
    return surroundings.folder / f"{name}.sqlite"
