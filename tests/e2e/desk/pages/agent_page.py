"""The desk in an agent's browser, as he sees and works it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Route, expect


class AgentPage:
    """A page of somebody who is signed in."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.answer = self.part("answer")
        self.lines = self.part("line")
        self.outbox = self.part("outbox-line")
        self.notice = page.locator("#notice")
        self.is_cut_off = False

    def part(self, role: str) -> Locator:
        """A part by its name."""
        return self.page.locator(f"[data-role={role}]")

    def visit(self, path: str = "/") -> None:
        """Open a page, and wait until it hears of what is new."""
        self.page.goto(self.url + path)
        expect(self.page.locator("html")).to_have_attribute("data-live", "open")

    def be_available(self) -> None:
        """Take conversations from now on."""
        switch = self.part("presence-switch")
        if switch.get_attribute("aria-checked") != "true":
            switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")

    def waiting(self, number: str) -> Locator:
        """The row of one who waits."""
        return self.page.locator(f"[data-role=waiting-row][data-number='{number}']")

    def mine(self, number: str) -> Locator:
        """The row of one whom this agent serves."""
        return self.page.locator(f"[data-role=mine-row][data-number='{number}']")

    def claim(self, number: str) -> None:
        """Take one out of the queue; his conversation is shown."""
        self.waiting(number).locator("[data-role=claim]").click()
        expect(self.answer).to_be_visible()
        expect(self.page.locator("html")).to_have_attribute("data-live", "open")

    def write(self, text: str) -> None:
        """Write to the user."""
        self.answer.fill(text)
        self.answer.press("Enter")

    def cut_off(self, arrives: bool) -> None:
        """Lose every answer to what he writes until ``is_cut_off`` is False, or also what he writes."""

        def lose(route: Route) -> None:
            if not self.is_cut_off:
                route.continue_()
                return
            if arrives:
                route.fetch()
            route.abort()

        self.is_cut_off = True
        self.page.route("**/messages", lose)

    def line(self, text: str) -> Locator:
        """A line of the transcript."""
        return self.lines.filter(has_text=text)

    def do(self, change: str) -> None:
        """Ask for a change and say yes."""
        self.part(change).click()
        self.part(f"{change}-yes").click()
