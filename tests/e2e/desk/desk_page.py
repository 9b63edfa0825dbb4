"""The desk, as somebody who works there sees and works it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.stack.processes import Stack

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Worker:
    """Somebody who works at the desk."""

    name: str
    display_name: str


def hire(stack: Stack, display_name: str, role: str = "agent", language: str = "en") -> Worker:
    """Add somebody by the command line, under names that no other test has."""
    other_than_all = secrets.token_hex(4)
    name, display_name = f"worker.{other_than_all}", f"{display_name} {other_than_all}"
    options = ["--role", role, "--display-name", display_name, "--language", language]
    stack.run("bot", "desk", "add-user", name, *options, "--password-stdin", typed=PASSWORD)
    return Worker(name, display_name)


class DeskPage:
    """A page of the desk in a browser."""

    def __init__(self, page: Page, stack: Stack) -> None:
        self.page = page
        self.url = stack.url("desk")
        self.main = page.locator("main")
        self.notice = page.locator("#notice")

    def part(self, role: str) -> Locator:
        """A part by its name."""
        return self.page.locator(f"[data-role={role}]")

    def visit(self, path: str = "/") -> None:
        """Open a page by its address."""
        self.page.goto(f"{self.url}{path}")

    def expect_page(self, name: str) -> None:
        """The page of this name is shown."""
        expect(self.page.locator("body")).to_have_attribute("data-page", name)

    def try_to_sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Fill in the form at the door and send it."""
        self.page.locator("#name").fill(name)
        self.page.locator("#password").fill(password)
        self.part("sign-in").click()

    def sign_in(self, worker: Worker) -> None:
        """Sign in from the door; the queue is shown when this returns."""
        self.visit("/sign-in")
        self.try_to_sign_in(worker.name)
        self.expect_page("queue")

    def open_account_menu(self) -> None:
        """Open the menu under one's own name."""
        self.part("account-menu").locator("summary").click()
        expect(self.part("sign-out")).to_be_visible()

    def sign_out(self) -> None:
        """Sign out."""
        self.open_account_menu()
        self.part("sign-out").click()
        self.expect_page("sign-in")

    def set_presence(self, status: str) -> None:
        """Be available or away."""
        presence = self.part("presence")
        if presence.get_attribute("data-status") != status:
            self.part("presence-switch").click()
        expect(presence).to_have_attribute("data-status", status)
