"""The desk in an agent's browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.stack.desk_person import PASSWORD
from tests.stack.processes import Stack


class AgentPage:
    """One tab of somebody who works at the desk."""

    def __init__(self, page: Page, stack: Stack) -> None:
        self.page = page
        self._url = stack.url("desk")
        self.notice = self.part("notice")
        self.state = self.part("state")
        self.lines = self.part("line")
        self.changes = self.part("change")
        self.typing = self.part("typing")
        self.answer = self.part("answer")
        self.packet = self.part("packet")
        self.viewers = self.part("viewers")
        self.reader = self.part("reader")

    def part(self, role: str) -> Locator:
        """A part by its name."""
        return self.page.locator(f"[data-role={role}]")

    def sign_in(self, name: str) -> None:
        """Sign in on the page that asks for it."""
        self.page.goto(self._url)
        self.page.locator("[name=name]").fill(name)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("form button.primary, form button[type=submit]").first.click()
        expect(self.part("presence-switch")).to_be_visible()

    def be_available(self) -> None:
        """Take conversations from now on."""
        switch = self.part("presence-switch")
        if switch.get_attribute("aria-checked") == "false":
            switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")

    def show_queue(self) -> None:
        """Go to the first page."""
        self.page.goto(self._url)

    def waiting_row(self, number: str) -> Locator:
        """A hand-off in the queue."""
        return self.page.locator(f"[data-role=waiting-row][data-number={number}]")

    def claim(self, number: str) -> None:
        """Take it, which leads to the conversation."""
        self.waiting_row(number).locator("[data-role=claim]").click()
        expect(self.answer).to_be_visible()
        self.wait_until_live()

    def claim_first(self) -> None:
        """Take whoever waits longest."""
        self.part("waiting-row").first.locator("[data-role=claim]").click()
        expect(self.answer).to_be_visible()
        self.wait_until_live()

    def wait_until_live(self) -> None:
        """Wait until the page hears what is new."""
        expect(self.page.locator("html[data-live=open]")).to_have_count(1)

    def open(self, number: str) -> None:
        """Look at a conversation."""
        self.page.goto(f"{self._url}/handoffs/{number}")
        self.wait_until_live()

    def write(self, text: str) -> None:
        """Write to the user and wait until it stands in the conversation."""
        self.answer.fill(text)
        self.part("send").click()
        expect(self.line(text)).to_be_visible()

    def use_canned_reply(self, name: str) -> str:
        """Put a canned reply into the field and send it; its words."""
        self.part("canned-open").click()
        self.page.locator(f"#canned-{name}").click()
        text = self.answer.input_value()
        assert text, f"the canned reply {name} is empty"
        self.part("send").click()
        expect(self.line(text)).to_be_visible()
        return text

    def line(self, text: str, author: str = "person") -> Locator:
        """A line of the conversation."""
        return self.page.locator(f"[data-role=line][data-author={author}]").filter(has_text=text).last

    def do(self, name: str) -> None:
        """Hold or resume; return, resolve and defer ask back first."""
        self.part(name).click()
        if name in ("return", "resolve", "defer"):
            self.part(f"{name}-yes").click()
