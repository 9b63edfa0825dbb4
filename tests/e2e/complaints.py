"""What a browser complains of while a page is shown."""

from __future__ import annotations

import re

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

# What Chromium writes when a request could not be made or was refused, which some tests bring about.
NETWORK = r"Failed to load resource|net::ERR_|ERR_INTERNET_DISCONNECTED|blocked by CORS policy"
# What a script says of a request that ended because its page was left, to nobody.
_GIVEN_UP = r"Failed to fetch|htmx:(afterRequest|sendAbort|sendError)"


class Complaints:
    """Errors of the console, of scripts and of the content security policy, and dialogs, of the pages it listens to."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._expected: list[str] = []
        self._is_over = False

    def listen_to(self, page: Page) -> None:
        """Note what this page complains of from now on."""
        # Chromium writes each violation of the policy to the console, as an error.
        page.on("console", self._note)
        page.on("pageerror", lambda error: self._add(str(error)))
        page.on("dialog", self._dismiss)
        page.on("requestfailed", self._expect_if_given_up)

    def expect(self, pattern: str) -> None:
        """Complaints like these are what the test brings about."""
        self._expected.append(pattern)

    def stop_listening(self) -> None:
        """The test is over: what a page says while its browser is being closed is not meant for anybody."""
        self._is_over = True

    @property
    def unexpected(self) -> list[str]:
        """Those that no test brought about."""
        return [text for text in self.all if not any(re.search(pattern, text) for pattern in self._expected)]

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self._add(f"{said.text} ({said.location['url']})")

    def _expect_if_given_up(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED" and request.resource_type in ("xhr", "fetch"):
            self.expect(_GIVEN_UP)

    def _add(self, complaint: str) -> None:
        if not self._is_over:
            self.all.append(complaint)

    def _dismiss(self, dialog: Dialog) -> None:
        self._add(f"a dialog opened: {dialog.message}")
        dialog.dismiss()
