"""A desk over real HTTP that answers what a test wants, and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

QUEUED = {"state": "queued", "position": 2, "wait": [3, 8]}
CASE = {"state": "case", "due_at": "2026-03-13T03:10:00Z", "why": "nobody"}
_NOTHING = dict.fromkeys(("position", "wait", "agent", "due_at", "why", "opens_at"))
_HANDOFFS, _CASES = "/v1/handoffs", "/v1/cases"


class DeskServer:
    """``standing`` is what it answers of every hand-off it was given, ``standings`` of single ones. ``cases`` are those
    it knows by their numbers. ``has_them``: a person has whatever the user would take back. ``is_away``: it fails.
    """

    def __init__(self) -> None:
        self.url = ""
        self.standing: dict[str, Any] = CASE
        self.standings: dict[str, dict[str, Any]] = {}
        self.cases: dict[str, dict[str, Any]] = {}
        self.has_them = self.is_away = False
        self.packets: list[dict[str, Any]] = []
        self.cancelled: list[str] = []
        self._taken: set[str] = set()
        self._lock = Lock()

    def take(self, number: str) -> bool:
        """A person takes a hand-off, unless its user was quicker to take it back."""
        with self._lock:
            if number in self.cancelled:
                return False
            self._taken.add(number)
            return True

    def answer(self, method: str, path: str, body: Any) -> tuple[int, dict[str, Any]]:
        """Status and body."""
        address, _, _query = path.partition("?")
        if self.is_away:
            return 503, {"code": "unavailable", "message": "not now"}
        if (method, address) == ("POST", _HANDOFFS):
            is_new = body["number"] not in self._numbers()
            self.packets.append(body)
            return 201 if is_new else 200, self._standing(body["number"])
        if address.startswith(f"{_HANDOFFS}/"):
            return self._about(address.removeprefix(f"{_HANDOFFS}/"))
        if address == _CASES:
            return 200, {"items": list(self.cases.values())[-1:]}
        return self._found(self.cases.get(address.removeprefix(f"{_CASES}/")))

    def _about(self, asked: str) -> tuple[int, dict[str, Any]]:
        number, _, verb = asked.partition("/")
        if verb != "cancel":
            return self._found(self._standing(number) if number in self._numbers() else None)
        with self._lock:
            if self.has_them or number in self._taken:
                return 409, {"code": "conflict", "message": "taken", "details": {"state": "claimed"}}
            self.cancelled.append(number)
        return 200, self._standing(number)

    def _standing(self, number: str) -> dict[str, Any]:
        return {**_NOTHING, "number": number, **self.standings.get(number, self.standing)}

    def _numbers(self) -> set[str]:
        return {packet["number"] for packet in self.packets} | set(self.standings)

    @staticmethod
    def _found(found: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        return (200, found) if found is not None else (404, {"code": "not_found", "message": "there is none"})


@contextmanager
def desk_server() -> Iterator[DeskServer]:
    """A desk on a free port of this machine, until the end of the block."""
    desk = DeskServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(desk))
    server.daemon_threads = True
    desk.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="desk-server", daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler_of(desk: DeskServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._answer(json.loads(content) if content else None)

        def _answer(self, body: Any) -> None:
            status, answered = desk.answer(self.command, self.path, body)
            content = json.dumps(answered).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Stay silent."""

    return Handler
