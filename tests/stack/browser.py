"""A headless Chromium for the tests: the machine's own, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

GIVEN_PATH = "HOTLINE_TEST_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowser(Exception):
    """There is no Chromium; the message says what is missing."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that ends with the block. Raises NoBrowser."""
    path = os.environ.get(GIVEN_PATH) or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise NoBrowser(f"Chromium is not installed and {GIVEN_PATH} is not set")
    # As root, as in a container, it starts only without its sandbox.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
