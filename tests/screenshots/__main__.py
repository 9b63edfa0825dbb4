"""``python -m tests.screenshots [folder]``: start everything, play a story, take the pictures of the README."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.e2e.screens import LOCALES, PHONE
from tests.e2e.wallet_page import WalletPage
from tests.stack.browser import NoBrowser, chromium
from tests.stack.processes import Stack

_FOLDER = Path(".github/images")
_WHO = "chen"
_DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
_PHONE: dict[str, Any] = {**PHONE, "device_scale_factor": 1.5}
_QUESTION = {"zh": "信用卡充1000要手续费吗", "en": "Fee for 1000 by credit card?"}
_PATIENCE_MS = 60_000


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the language, the screen, the device's colours, whether something else is asked as well."""

    name: str
    language: str
    screen: dict[str, Any]
    colours: str = "light"
    asks: bool = False


PICTURES = [
    Picture("widget-zh", "zh", _DESKTOP),
    Picture("widget-en", "en", _DESKTOP),
    Picture("widget-phone-zh", "zh", _PHONE, asks=True),
    Picture("widget-phone-en", "en", _PHONE),
    Picture("widget-dark", "en", _DESKTOP, "dark"),
]


def take(browser: Browser, stack: Stack, picture: Picture, folder: Path) -> Path:
    """Ask for help with a failed payment, perhaps something else in between, and take the picture."""
    context = browser.new_context(
        locale=LOCALES[picture.language],
        timezone_id=stack.settings["HOTLINE_TIME_ZONE"],
        color_scheme=picture.colours,
        reduced_motion="reduce",
        **picture.screen,
    )
    wallet = WalletPage(context.new_page(), stack)
    wallet.visit()
    wallet.sign_in_as_demo_user(_WHO)
    wallet.ask_for_help_with_failed()
    if picture.asks:
        wallet.widget.say(_QUESTION[picture.language])
    # Nothing has the focus or the pointer on it.
    wallet.widget.input.blur()
    wallet.page.mouse.move(0, 0)
    path = folder / f"{picture.name}.png"
    wallet.page.screenshot(path=path, animations="disabled", caret="hide")
    context.close()
    return path


def main(words: list[str]) -> int:
    """Take all pictures; the exit code is 1 without a browser."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description="The pictures of the README.")
    parser.add_argument("folder", nargs="?", type=Path, default=_FOLDER, help=f"where they go, {_FOLDER} if not given")
    folder = parser.parse_args(words).folder
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=_PATIENCE_MS)
    with tempfile.TemporaryDirectory() as temporary:
        stack = Stack(Path(temporary) / "var")
        try:
            stack.start_all()
            with chromium() as browser:
                for picture in PICTURES:
                    path = take(browser, stack, picture, folder)
                    sys.stdout.write(f"{path} {path.stat().st_size // 1000} kB\n")
        except NoBrowser as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            stack.stop_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
