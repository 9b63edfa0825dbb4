"""The bot's channel without the bot: a page with the widget, and a conversation led by the test from the other side."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.privacy.patterns import published

_WIDGET = Path("bot/widget")
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_POLL_SECONDS = 0.05
_CANCEL = {"zh": "不等了", "en": "I'll stop waiting"}
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
    '<script type="module" src="/widget/widget.js"></script></head><body><main><h1>Host</h1></main>'
    "<wallet-hotline></wallet-hotline></body></html>"
)


@dataclass
class FakeChannel:
    """One conversation, with what the widget has ``posted`` and told of the user's typing.

    Whoever waits for the next of ``typed`` is notified by ``heard``.
    """

    url: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    standing: dict[str, Any] = field(default_factory=lambda: {"handoff": None})
    typed: list[bool] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=lambda: dict(_CANCEL))
    posted: list[dict[str, Any]] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)
    _streams: list[SimpleQueue[str | None]] = field(default_factory=list)

    def say(self, author: str, text: str, **more: Any) -> None:
        """Somebody says something."""
        seq = len(self.messages) + 1
        sent_at = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        message = {"seq": seq, "id": None, "author": author, "text": text, "sent_at": sent_at, "buttons": [], **more}
        self.messages.append(message)
        self._send("message", message, seq)

    def ask_for_stars(self, text: str, rates: str) -> None:
        """Ask how satisfied the user is with the person or the bot."""
        buttons = [
            {"title": f"{stars} stars", "token": button(f"{stars} stars", rates=rates, stars=stars), "answers": False}
            for stars in range(1, 6)
        ]
        self.say("bot", text, buttons=buttons, asks="rating", rates=rates)

    def stand(self, handoff: str | None, **more: Any) -> None:
        """Let the hand-off be in another state."""
        self.standing = {"handoff": handoff, **more}
        self._send("state", self.standing)

    def type(self, author: str, on: bool = True) -> None:
        """Somebody begins to write, or stops, once there is an open stream: nobody is told of it later."""
        while not self._streams:
            time.sleep(_POLL_SECONDS)
        self._send("typing", {"author": author, "on": on})

    def session(self) -> dict[str, Any]:
        """What a device gets that opens the conversation."""
        return {
            "conversation_id": "fake",
            "session_token": "fake",
            "choices": {language: {"cancel": button(title)} for language, title in self.choices.items()},
        }

    def take(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take a message of the user's; one that is here already is not taken again."""
        self.posted.append(body)
        if body["id"] not in [message["id"] for message in self.messages]:
            claims = claims_of(body["choice"]) if "choice" in body else {"title": body["text"]}
            self.say("user", claims["title"], id=body["id"], rates=claims.get("rates"), stars=claims.get("stars"))
        return {"seq": next(message["seq"] for message in self.messages if message["id"] == body["id"])}

    @contextmanager
    def stream(self, after: int) -> Iterator[SimpleQueue[str | None]]:
        """The events behind a seq and all that follow; None ends them."""
        events: SimpleQueue[str | None] = SimpleQueue()
        for message in self.messages[after:]:
            events.put(_event("message", message, message["seq"]))
        events.put(_event("state", self.standing))
        self._streams.append(events)
        yield events
        self._streams.remove(events)

    def end_streams(self) -> None:
        """Cut every connection that is open."""
        for stream in self._streams:
            stream.put(None)

    def _send(self, kind: str, data: dict[str, Any], seq: int | None = None) -> None:
        for stream in self._streams:
            stream.put(_event(kind, data, seq))


def button(title: str, **more: Any) -> str:
    """A token with the claims a widget reads; nobody has signed it."""
    return f"x.{base64.urlsafe_b64encode(json.dumps({'title': title, **more}).encode()).decode().rstrip('=')}.x"


def claims_of(token: str) -> dict[str, Any]:
    """What such a token says."""
    return dict(json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "==")))


@contextmanager
def fake_channel() -> Iterator[FakeChannel]:
    """A channel that listens until the block ends."""
    channel = FakeChannel()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"channel": channel}))
    channel.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield channel
    finally:
        channel.end_streams()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Nothing: a page that is left hangs up in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    channel: FakeChannel

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path.startswith("/widget/"):
            self._answer_file(address.path.removeprefix("/widget/"))
        elif address.path.endswith("/events"):
            self._answer_events(int(self.headers["Last-Event-ID"] or 0))
        elif address.path.endswith("/messages"):
            after = int(parse_qs(address.query)["after"][0])
            self._answer_json(200, {"messages": self.channel.messages[after:]})
        else:
            self._answer(200, _PAGE.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/sessions"):
            self._answer_json(201, self.channel.session())
        elif self.path.endswith("/typing"):
            with self.channel.heard:
                self.channel.typed.append(body["on"])
                self.channel.heard.notify_all()
            self._answer(204, b"", "text/plain")
        else:
            self._answer_json(202, self.channel.take(body))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answer_file(self, name: str) -> None:
        if name == "secrets.json":
            self._answer_json(200, published())
        else:
            file = _WIDGET / name
            self._answer(200, file.read_bytes(), f"{_TYPES[file.suffix]}; charset=utf-8")

    def _answer_events(self, after: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError), self.channel.stream(after) as events:
            while (event := _next(events)) is not None:
                self.wfile.write(event.encode())

    def _answer_json(self, status: int, body: Any) -> None:
        self._answer(status, json.dumps(body).encode(), "application/json")

    def _answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        # The wallet's page, too, takes the widget from here.
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)


def _next(events: SimpleQueue[str | None]) -> str | None:
    # A client that has gone is noticed only when something is sent to it.
    try:
        return events.get(timeout=1)
    except Empty:
        return ": ping\n\n"


def _event(kind: str, data: dict[str, Any], seq: int | None = None) -> str:
    number = "" if seq is None else f"id: {seq}\n"
    return f"{number}event: {kind}\ndata: {json.dumps(data)}\n\n"
