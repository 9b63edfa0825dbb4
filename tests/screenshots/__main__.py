"""``python -m tests.screenshots [folder]``: start everything, play a story, take the pictures of the README."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.e2e.agent_page import AgentPage
from tests.e2e.screens import LOCALES, PHONE
from tests.e2e.wallet_page import WalletPage
from tests.stack.browser import NoBrowser, chromium
from tests.stack.desk_person import DeskPerson
from tests.stack.processes import Stack

_FOLDER = Path(".github/images")
_WHO = "chen"
_DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
_PHONE: dict[str, Any] = {**PHONE, "device_scale_factor": 1.5}
_QUESTION = {"zh": "信用卡充1000要手续费吗", "en": "Fee for 1000 by credit card?"}
_PATIENCE_MS = 60_000
_WHO_ASKS = "qian"
_AGENTS = {"zh": ("li", "李雷"), "en": ("mei", "Mei Han")}
_PERSON = {"zh": "人工", "en": "human"}
_LEADS = {"zh": ("wang", "王芳"), "en": ("grace", "Grace Liu")}
_WORTH_A_LOOK = "topic=payment_failure&outcome=handed_over&messages_min=4"
_REPLY = {"zh": "银行说卡没有问题", "en": "The bank says the card is fine"}
_ANSWER = {
    "zh": "我这边看到银行拒绝了这笔付款，没有给原因。您先不要重复付款，我联系银行核实。",
    "en": "I can see that the bank declined it without a reason. Please don't pay again yet; I'll ask the bank.",
}


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


def take_desk(browser: Browser, stack: Stack, language: str, folder: Path) -> list[Path]:
    """Let a user ask for a person, serve him, and take the picture of both sides."""
    name, display_name = _AGENTS[language]
    DeskPerson.new(stack, name, display_name, language=language)
    context = browser.new_context(
        locale=LOCALES[language],
        timezone_id=stack.settings["HOTLINE_TIME_ZONE"],
        reduced_motion="reduce",
        viewport={"width": 1440, "height": 900},
    )
    agent, wallet = AgentPage(context.new_page(), stack), WalletPage(context.new_page(), stack)
    agent.sign_in(name)
    agent.be_available()
    wallet.visit()
    wallet.sign_in_as_demo_user(_WHO_ASKS)
    wallet.ask_for_help_with_failed()
    wallet.widget.say(_PERSON[language])
    agent.claim_first()
    agent.use_canned_reply("hello")
    wallet.widget.write(_REPLY[language])
    expect(agent.line(_REPLY[language], "user")).to_be_visible()
    agent.write(_ANSWER[language])
    expect(wallet.widget.messages.filter(has_text=_ANSWER[language])).to_be_visible()
    paths = [folder / f"desk-{language}.png", folder / f"widget-person-{language}.png"]
    for page, path in zip((agent.page, wallet.page), paths, strict=True):
        page.bring_to_front()
        page.mouse.move(0, 0)
        page.screenshot(path=path, animations="disabled", caret="hide")
    agent.do("resolve")
    expect(agent.reader).to_be_visible()
    context.close()
    return paths


def take_leads(browser: Browser, stack: Stack, language: str, folder: Path) -> list[Path]:
    """Show a lead the figures of made-up conversations, and one of them."""
    name, display_name = _LEADS[language]
    DeskPerson.new(stack, name, display_name, role="lead", language=language)
    context = browser.new_context(
        locale=LOCALES[language],
        timezone_id=stack.settings["HOTLINE_TIME_ZONE"],
        reduced_motion="reduce",
        viewport={"width": 1440, "height": 900},
    )
    lead = AgentPage(context.new_page(), stack)
    lead.sign_in(name)
    lead.page.goto(f"{stack.url('desk')}/dashboard")
    expect(lead.page.locator("[data-drawn=yes]")).to_have_count(2)
    paths = [folder / f"leads-{what}-{language}.png" for what in ("dashboard", "conversation")]
    lead.page.screenshot(path=paths[0], animations="disabled")
    lead.page.goto(f"{stack.url('desk')}/conversations?{_WORTH_A_LOOK}&language={language}")
    lead.part("conversation-row").first.locator("a").first.click()
    expect(lead.lines.first).to_be_visible()
    lead.page.mouse.move(0, 0)
    lead.page.screenshot(path=paths[1], animations="disabled")
    context.close()
    return paths


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
                    _tell(take(browser, stack, picture, folder))
                stack.run("bot", "desk", "demo-data")
                for language in LOCALES:
                    for path in (
                        *take_desk(browser, stack, language, folder),
                        *take_leads(browser, stack, language, folder),
                    ):
                        _tell(path)
        except NoBrowser as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            stack.stop_all()
    return 0


def _tell(path: Path) -> None:
    sys.stdout.write(f"{path} {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
