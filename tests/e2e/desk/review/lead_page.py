"""The log of conversations in a lead's browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class LeadPage:
    """A page of a lead who is signed in."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.rows = self.part("conversation-row")
        self.lines = self.part("line")

    def part(self, role: str) -> Locator:
        """A part by its name."""
        return self.page.locator(f"[data-role={role}]")

    def visit(self, path: str = "/conversations") -> None:
        """Open a page of the log, and wait until it takes keys."""
        self.page.goto(self.url + path)
        expect(self.page.locator("[data-keys=ready]")).to_be_visible()

    def row(self, conversation_id: str) -> Locator:
        """A row of the list."""
        return self.page.locator(f"[data-role=conversation-row][data-id='{conversation_id}']")

    def expect_conversation(self, conversation_id: str) -> None:
        """The page of a conversation is shown and takes keys."""
        expect(self.page.locator(f"[data-conversation='{conversation_id}'][data-keys=ready]")).to_be_visible()
