"""Pages for the tests; a test fails when its browser has complained of anything it did not expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.conversations.player import fresh_user
from tests.e2e.complaints import Complaints
from tests.e2e.fake_channel import FakeChannel, fake_channel
from tests.e2e.host_page import HostPage
from tests.e2e.screens import DESKTOP, LOCALES
from tests.e2e.wallet_page import WalletPage
from tests.e2e.widget_page import Widget
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

# A busy machine is slow, which no test is about.
_PATIENCE_MS = 30_000

NewContext = Callable[..., BrowserContext]

expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture
def chen(stack: Stack) -> WalletUser:
    """A user of his own with a payment over his daily limit."""
    return fresh_user(stack, "chen")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What the pages of this test complain of; nothing that is not expected, or the test fails."""
    heard = Complaints()
    yield heard
    if heard.unexpected:
        pytest.fail("the browser complained:\n" + "\n".join(heard.unexpected))


@pytest.fixture
def new_context(browser: Browser, complaints: Complaints) -> Iterator[NewContext]:
    """Makes devices: ``new_context("zh", PHONE)``, with other options of a browser context by name."""
    made = []

    def make(language: str = "en", screen: dict[str, Any] = DESKTOP, **options: Any) -> BrowserContext:
        context = browser.new_context(locale=LOCALES[language], **{**screen, **options})
        context.set_default_timeout(_PATIENCE_MS)
        context.on("page", complaints.listen_to)
        made.append(context)
        return context

    yield make
    complaints.stop_listening()
    for context in made:
        context.close()


@pytest.fixture
def wallet_page(stack: Stack, new_context: NewContext) -> Callable[..., WalletPage]:
    """Shows the demo's page on a new device, to a user if one is given."""

    def show(user: WalletUser | None = None, *device: Any, **options: Any) -> WalletPage:
        shown = WalletPage(new_context(*device, **options).new_page(), stack)
        shown.visit()
        if user:
            shown.sign_in(user)
        return shown

    return show


@pytest.fixture
def host_page(stack: Stack, new_context: NewContext) -> Callable[..., HostPage]:
    """Opens another application's page on a new device; its ``visit`` shows it."""

    def make(*device: Any, **options: Any) -> HostPage:
        return HostPage(new_context(*device, **options).new_page(), stack)

    return make


@pytest.fixture
def channel() -> Iterator[FakeChannel]:
    """A channel that a test leads from the other side, as bot and desk would."""
    with fake_channel() as listening:
        yield listening


@pytest.fixture
def shown(channel: FakeChannel, new_context: NewContext) -> Callable[..., Widget]:
    """Opens the panel on a new device, in the conversation of the fake channel."""

    def show(*device: Any, **options: Any) -> Widget:
        page = new_context(*device, **options).new_page()
        page.goto(channel.url)
        widget = Widget(page, channel.url)
        widget.open()
        return widget

    return show
