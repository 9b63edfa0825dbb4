"""``python -m bot chat``: talk to the running bot, by hand or line by line from another program."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from threading import Lock, Thread
from typing import Any

from bot.channels.identity import make_user_token
from bot.settings import Settings, read_environment

_ANSWER_SECONDS = 60
_PROMPT = "you> "
_LOOK_SECONDS = 1.0  # how often it is looked whether somebody has said something unasked


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("chat", help="talk to the running bot")
    speaker = parser.add_mutually_exclusive_group()
    speaker.add_argument(
        "--as", dest="user", metavar="DEMO_USER", help="speak as this user of the wallet; a guest without"
    )
    speaker.add_argument(
        "--writer", metavar="NAME", help="write as on a messaging channel, which knows a name but not which user it is"
    )
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> None:
    """Read messages until the input ends. Raises SystemExit with one line when the bot cannot be reached."""
    settings = Settings.from_environment(read_environment())
    if arguments.user and not settings.is_development:
        raise SystemExit("--as is for development: elsewhere only the wallet app says who a user is")
    conversation = Conversation(settings, arguments.user, arguments.writer)
    by_hand = sys.stdin.isatty()
    if by_hand:
        speaker = arguments.user or arguments.writer or "a guest"
        sys.stdout.write(f"Talking to {settings.url} as {speaker}. Ctrl-D ends.\n")
        Thread(target=conversation.listen, daemon=True).start()
    # A pipe may bring bytes that are no UTF-8; one bad line must not end the conversation.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        while True:
            if by_hand:
                sys.stdout.write(_PROMPT)
                sys.stdout.flush()
            line = sys.stdin.readline()
            if not line:
                break
            if line.strip():
                conversation.say(line.strip())
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:
        # Whoever read the answers has heard enough; keep Python from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if by_hand:
        sys.stdout.write("\n")


class Conversation:
    """One conversation over the terminal's channel, and the buttons that were shown last."""

    def __init__(self, settings: Settings, user: str | None, writer: str | None = None) -> None:
        self._url = f"{settings.url}/webhooks/terminal"
        token = make_user_token(user, settings.user_token_secret) if user else None
        answer = self._ask("/sessions", {"user_token": token, "writer": writer})
        if "code" in answer:
            raise SystemExit(f"the bot opens no session: {answer['message']}")
        self._token = answer["session_token"]
        self._buttons: list[dict[str, str]] = []
        self._seen = 0
        # Of what is being printed: an answer and a line that comes unasked.
        self._printing = Lock()

    def say(self, line: str) -> None:
        """Send a line, or the button whose number it is, and print the answer."""
        chosen = int(line) - 1 if line.isascii() and line.isdigit() and len(line) < 3 else -1
        is_choice = 0 <= chosen < len(self._buttons)
        with self._printing:
            body = {"choice": self._buttons[chosen]["token"]} if is_choice else {"text": line}
            answer = self._ask("/messages", body)
            self._buttons = []
            if "code" in answer:
                sys.stdout.write(f"bot> ({answer['message']})\n")
            self._print_all(answer.get("messages", []))

    def listen(self) -> None:
        """Print what is said unasked, as by a person who has taken over, until the process ends."""
        while True:
            time.sleep(_LOOK_SECONDS)
            with self._printing:
                try:
                    answer = self._ask(f"/messages?after={self._seen}")
                except SystemExit:
                    continue  # the next line that is typed will say so
                said = [message for message in answer.get("messages", []) if message["seq"] > self._seen]
                unasked = [message for message in said if message["author"] != "user"]
                if unasked:
                    sys.stdout.write("\n")
                    self._print_all(unasked)
                    sys.stdout.write(_PROMPT)
                    sys.stdout.flush()

    def _print_all(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            self._seen = max(self._seen, message["seq"])
            self._print(message)
        sys.stdout.flush()

    def _print(self, message: dict[str, Any]) -> None:
        text = message["text"].replace("\n", "\n     ")
        sys.stdout.write(f"{message['agent'] or 'bot'}> {text}\n")
        first = len(self._buttons) + 1
        self._buttons += message["buttons"]
        if message["buttons"]:
            titles = "  ".join(
                f"[{number}] {button['title']}" for number, button in enumerate(message["buttons"], first)
            )
            sys.stdout.write(f"     {titles}\n")

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if path != "/sessions":
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, headers)  # noqa: S310 - http from settings
        try:
            with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:  # noqa: S310
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return _refusal(error)
        except OSError as error:
            raise SystemExit(f"the bot does not answer at {self._url}: start it with `make run` ({error})") from error


def _refusal(error: urllib.error.HTTPError) -> dict[str, Any]:
    """What the bot says against one message. Raises SystemExit when it is not our bot that answers."""
    try:
        body = json.load(error)
        return {"code": body["code"], "message": body["message"]}
    except (ValueError, KeyError, TypeError):
        raise SystemExit(f"the bot answered {error.code} {error.reason}") from error
