"""A bot by itself between its users and a desk that a test plays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.desk_server import QUEUED, DeskServer, desk_server
from tests.stack.bot_api import BotApi
from tests.stack.processes import Stack
from tests.stack.web import WebAnswer
from tests.stack.widget import WidgetConversation

HUMAN = {"zh": "人工", "en": "human"}
PLACE = {"position": 1, "wait": [1, 4]}
DUE_AT = "2026-03-13T03:10:00Z"
# What of a change cannot be left out.
NEEDED: dict[str, dict[str, Any]] = {
    "queue": PLACE,
    "move": PLACE,
    "requeue": PLACE,
    "defer": {"due_at": DUE_AT, "why": "nobody"},
}


@dataclass(frozen=True)
class Switchboard:
    """The bot's process, the desk's part of it, and the desk that it asks."""

    machine: Stack
    desk: DeskServer

    @property
    def url(self) -> str:
        """Where the bot listens."""
        return self.machine.url("bot")

    @property
    def api(self) -> BotApi:
        """What the desk may ask of the bot."""
        return BotApi(self.url, self.machine.settings["HOTLINE_BOT_TOKEN"])

    def connect(self, language: str = "zh") -> Connection:
        """A guest who has asked for a person and waits in the queue."""
        self.desk.standing = QUEUED
        guest = WidgetConversation(self.url, language=language)
        guest.send(HUMAN[language])
        return Connection(self.api, guest, self.number_of(guest), language)

    def number_of(self, guest: WidgetConversation) -> str:
        """The number under which he has asked last."""
        numbers = [packet["number"] for packet in self.desk.packets if packet["conversation_id"] == guest.id]
        return str(numbers[-1])


@dataclass
class Connection:
    """One user and the person who may get to him."""

    api: BotApi
    guest: WidgetConversation
    number: str
    language: str
    agent: str = field(default="李雷")

    def change(self, change: str, letter: str | None = None, **more: Any) -> WebAnswer:
        """Tell a change with all that it needs."""
        body = {"agent": self.agent, **NEEDED.get(change, {}), **more}
        return self.api.change(self.guest.id, self.number, change, letter, **body)

    def go(self, *changes: str) -> Connection:
        """Tell these changes, one after the other; ``answer`` is a line of the person."""
        for change in changes:
            (self.write("在的") if change == "answer" else self.change(change)).expect(200)
        return self

    def write(self, text: str, letter: str | None = None) -> WebAnswer:
        """Send a line of the person."""
        return self.api.write(self.guest.id, self.number, text, self.agent, letter)

    @property
    def state(self) -> str | None:
        """Where it stands."""
        return str(self.guest.standing()["handoff"])


@contextmanager
def switchboard(folder: Path, **settings: str) -> Iterator[Switchboard]:
    """A bot without a wallet, under these settings beside the usual ones, and a desk; both end with the block."""
    machine = Stack(folder)
    machine.services = {"bot": machine.services["bot"]}
    machine.logs.mkdir(parents=True)
    with desk_server() as desk:
        machine.settings |= {"HOTLINE_DESK_URL": desk.url, "HOTLINE_WIDGET_MESSAGES_PER_SESSION": "1000", **settings}
        machine.run("bot", "train")
        try:
            machine.start("bot")
            yield Switchboard(machine, desk)
        finally:
            machine.stop_all()
