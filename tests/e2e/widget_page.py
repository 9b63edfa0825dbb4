"""The widget in a page, as its user sees and works it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.stack.web import call

WORKS = {"zh": "可以了", "en": "It works now"}
THIS_ONE = {"zh": "是这笔", "en": "Yes, this one"}
_READ = """area => { try { return Object.fromEntries(Object.entries(window[area])); } catch { return {}; } }"""


@dataclass(frozen=True)
class Line:
    """One line of the log; ``state`` is None where it is not the user's own."""

    author: str
    text: str
    state: str | None = None


class Widget:
    """The ``<wallet-hotline>`` of a page. ``bot_url`` is the server behind it."""

    def __init__(self, page: Page, bot_url: str) -> None:
        self.page = page
        self.bot_url = bot_url
        self.element = page.locator("wallet-hotline")
        self.panel = self.part("panel")
        self.launcher = self.part("launcher")
        self.badge = self.part("badge")
        self.log = self.part("log")
        self.input = self.part("input")
        self.send = self.part("send")
        self.notice = self.part("notice")
        self.handoff = self.part("handoff")
        self.announced = self.part("handoff-told")
        self.service = self.part("service")
        self.leave_queue = self.part("leave-queue")
        self.connection = self.part("connection")
        self.stars = self.part("star")
        self.messages = self.part("message")
        self.own = self.element.locator("[data-role=message][data-author=user]")
        self.answers = self.element.locator("[data-role=message]:not([data-author=user])")

    def part(self, role: str) -> Locator:
        """A part by its name."""
        return self.element.locator(f"[data-role={role}]")

    def open(self) -> None:
        """Open the panel by its launcher."""
        self.launcher.click()
        expect(self.panel).to_be_visible()
        self.wait_until_live()

    def close(self) -> None:
        """Close the panel."""
        self.part("close").click()
        expect(self.panel).to_be_hidden()

    def open_menu(self) -> None:
        """Show what is behind the three dots."""
        self.part("menu").click()
        expect(self.part("start-over")).to_be_visible()

    def start_over(self) -> None:
        """Leave the conversation for a new one."""
        self.open_menu()
        self.part("start-over").click()
        self.part("confirm").click()
        expect(self.messages).to_have_count(0)

    def say(self, text: str) -> None:
        """Type something, send it and wait until it is answered."""
        answered = self.answers.count()
        self.write(text)
        self.wait_for_answer(answered)

    def write(self, text: str) -> None:
        """Type something and send it."""
        self.input.fill(text)
        self.send.click()

    def choice(self, title: str) -> Locator:
        """The newest button of that title."""
        return self.part("choice").filter(has_text=title).last

    def choose(self, title: str) -> None:
        """Tap the newest button of that title and wait for the answer."""
        answered = self.answers.count()
        self.choice(title).click()
        self.wait_for_answer(answered)

    def wait_for_answer(self, answered: int = 0) -> None:
        """Wait until there are more answers than these, and nobody is about to say more."""
        expect(self.answers.nth(answered)).to_be_visible()
        self.wait_until_still()

    def wait_for_hidden_answer(self, answered: int) -> None:
        """The same while the panel is closed."""
        expect(self.answers.nth(answered)).to_be_attached()
        self.wait_until_still()

    def wait_until_still(self) -> None:
        """Wait until nothing is being sent, nobody writes, and what the server has is shown."""
        expect(self.element.locator("[data-state=sending], [data-state=waiting]")).to_have_count(0)
        expect(self.part("typing")).to_be_hidden()
        # Where nothing is kept, or more than one user's, it is not known whose conversation to ask for.
        if len(self.sessions()) == 1:
            expect(self.element.locator("[data-role=message][data-seq]")).to_have_count(len(self.stored()))

    def wait_until_live(self) -> None:
        """Wait until the history is there: from then on news is announced."""
        expect(self.log).to_have_attribute("aria-live", "polite")

    def lines(self) -> list[Line]:
        """What the log shows."""
        shown = self.messages.evaluate_all(
            "lines => lines.map(line => [line.dataset.author, line.querySelector('[data-role=text]').textContent,"
            " line.dataset.state ?? null])"
        )
        return [Line(*each) for each in shown]

    def texts(self, author: str | None = None) -> list[str]:
        """The texts of the log, of one author if he is named."""
        return [line.text for line in self.lines() if author in (None, line.author)]

    def kept(self) -> dict[str, Any]:
        """What is on this device, by its keys."""
        return {key: json.loads(value) for key, value in self._storage("localStorage").items()}

    def everything_kept(self) -> str:
        """All of it as one text, with what is only in this tab."""
        return json.dumps([self._storage("localStorage"), self._storage("sessionStorage")], ensure_ascii=False)

    def session(self) -> dict[str, Any]:
        """The session that is kept on this device."""
        (session,) = self.sessions()
        return session

    def sessions(self) -> list[dict[str, Any]]:
        """The sessions of all who have used this device."""
        return [value for key, value in self.kept().items() if ":session:" in key]

    def stored(self) -> list[dict[str, Any]]:
        """What the server has of this conversation."""
        token = self.session()["session_token"]
        answer = call("GET", f"{self.bot_url}/webhooks/widget/messages?after=0", token=token)
        return list(answer.expect(200)["messages"])

    def expect_same_as_stored(self) -> None:
        """The log shows what the server has: each message once, in order."""
        stored = self.stored()
        expect(self.messages).to_have_count(len(stored))
        shown = [(line.author, line.text) for line in self.lines()]
        assert shown == [(message["author"], message["text"]) for message in stored]

    def _storage(self, area: str) -> dict[str, str]:
        return dict(self.page.evaluate(_READ, area))
