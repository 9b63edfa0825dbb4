"""What a browser complains of while a page is shown."""

from __future__ import annotations

import re

from playwright.sync_api import ConsoleMessage, Dialog, Page

# What Chromium writes when a request could not be made or was refused, which some tests bring about.
NETWORK = r"Failed to load resource|net::ERR_|ERR_INTERNET_DISCONNECTED|blocked by CORS policy"


class Complaints:
    """Errors of the console, of scripts and of the content security policy, and dialogs, of the pages it listens to."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._expected: list[str] = []

    def listen_to(self, page: Page) -> None:
        """Note what this page complains of from now on."""
        # Chromium writes each violation of the policy to the console, as an error.
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.all.append(str(error)))
        page.on("dialog", self._dismiss)

    def expect(self, pattern: str) -> None:
        """Complaints like these are what the test brings about."""
        self._expected.append(pattern)

    @property
    def unexpected(self) -> list[str]:
        """Those that no test brought about."""
        return [text for text in self.all if not any(re.search(pattern, text) for pattern in self._expected)]

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.all.append(f"{said.text} ({said.location['url']})")

    def _dismiss(self, dialog: Dialog) -> None:
        self.all.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()
