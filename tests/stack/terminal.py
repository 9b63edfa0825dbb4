"""The terminal's channel from its user's side: a session, messages, buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.stack.web import WebAnswer, call


@dataclass(frozen=True)
class Button:
    """A choice the bot offered."""

    title: str
    token: str


@dataclass(frozen=True)
class BotAnswer:
    """What the bot said to one message."""

    texts: tuple[str, ...]
    buttons: tuple[Button, ...]

    @property
    def text(self) -> str:
        """All of it, one message a line."""
        return "\n".join(self.texts)

    def __str__(self) -> str:
        titles = "  ".join(f"[{button.title}]" for button in self.buttons)
        return f"{self.text}\n{titles}".strip()


class TerminalConversation:
    """One conversation; ``user_token`` proves a user, without it he is a guest.

    With ``writer`` the terminal stands for a messaging channel, on which somebody of that name writes.
    """

    def __init__(self, bot_url: str, user_token: str | None = None, writer: str | None = None) -> None:
        self._url = f"{bot_url}/webhooks/terminal"
        body = {"user_token": user_token} if user_token else {"writer": writer} if writer else {}
        opened = call("POST", f"{self._url}/sessions", body).expect(201)
        self.id: str = opened["conversation_id"]
        self.token: str = opened["session_token"]
        self.offered: tuple[Button, ...] = ()

    def say(self, text: str) -> BotAnswer:
        """Type something."""
        return self._answer(self.send({"text": text}))

    def said_last(self) -> list[str]:
        """What was said to the user since his last message, also what he did not ask for."""
        messages = call("GET", f"{self._url}/messages", token=self.token).expect(200)["messages"]
        place = max((place for place, message in enumerate(messages) if message["author"] == "user"), default=-1)
        return [message["text"] for message in messages[place + 1 :]]

    def choose(self, wanted: int | str) -> BotAnswer:
        """Tap a button of the last answer, by its number or a part of its title."""
        return self._answer(self.send({"choice": self.button(wanted).token}))

    def button(self, wanted: int | str) -> Button:
        """A button of the last answer."""
        if isinstance(wanted, int):
            return self.offered[wanted - 1]
        found = [button for button in self.offered if wanted in button.title]
        assert found, f"no button {wanted!r} among {[button.title for button in self.offered]}"
        return found[0]

    def send(self, body: Any, token: str | None = None) -> WebAnswer:
        """Send whatever it is, under another session's token if one is given."""
        return call("POST", f"{self._url}/messages", body, token=self.token if token is None else token)

    def _answer(self, answer: WebAnswer) -> BotAnswer:
        messages = answer.expect(200)["messages"]
        shown = [button for message in messages for button in message["buttons"]]
        buttons = tuple(Button(button["title"], button["token"]) for button in shown)
        self.offered = buttons
        return BotAnswer(tuple(message["text"] for message in messages), buttons)
