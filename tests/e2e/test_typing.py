"""What the user types: markup stays text, an input method keeps its Enter, a secret stays on the device."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Request, expect

from tests.e2e.host_page import HostPage
from tests.e2e.widget_page import Widget

pytestmark = pytest.mark.conversation

MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "javascript:alert(3)",
    "[a](javascript:alert(4)) https://example.org/<b>x</b>",
    "abc \u202e fdp.exe",
    "W" * 2000,
]
PINYIN = ["n", "ni", "nihao"]
SECRETS = {
    "card": ("4111 1111 1111 1111", {"zh": "我的卡号是4111 1111 1111 1111", "en": "my card is 4111 1111 1111 1111"}),
    "password": ("hunter2X", {"zh": "我的密码是hunter2X", "en": "my password is hunter2X"}),
    "code": ("493817", {"zh": "验证码是493817", "en": "my verification code is 493817"}),
}
HIDDEN = {
    "zh": {"card": "银行卡号", "password": "密码", "code": "验证码"},
    "en": {"card": "a card number", "password": "a password", "code": "a code"},
}


@pytest.fixture
def host(host_page: Callable[..., HostPage]) -> HostPage:
    """A page with the panel open, for a guest."""
    host = host_page()
    host.visit()
    host.widget.open()
    return host


def test_markup_is_shown_as_it_was_typed(host: HostPage) -> None:
    widget = host.widget
    for text in MARKUP:
        widget.say(text)
    assert widget.texts("user") == MARKUP
    expect(widget.own.locator("a, img, script, b")).to_have_count(0)
    width = "log => [log.scrollWidth, log.clientWidth]"
    scrolled, seen = widget.log.evaluate(width)
    assert scrolled <= seen
    host.page.reload()
    widget.open()
    expect(widget.own).to_have_count(len(MARKUP))
    assert widget.texts("user") == MARKUP


# An input method


def compose(session: CDPSession, text: str) -> None:
    """Show a text that an input method has not finished."""
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def test_enter_while_pinyin_is_written_sends_nothing_and_enter_afterwards_sends(host: HostPage) -> None:
    widget, keys = host.widget, host.page.context.new_cdp_session(host.page)
    widget.input.focus()
    for written in PINYIN:
        compose(keys, written)
    for kind in ("rawKeyDown", "keyUp"):
        # 229 is what a key is called that belongs to an input method.
        keys.send("Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "windowsVirtualKeyCode": 229})
    expect(widget.input).to_have_value("nihao")
    expect(widget.own).to_have_count(0)
    keys.send("Input.insertText", {"text": "你好"})
    expect(widget.input).to_have_value("你好")
    expect(widget.own).to_have_count(0)
    host.page.keyboard.press("Enter")
    expect(widget.own).to_have_count(1)
    assert widget.texts("user") == ["你好"]
    widget.wait_for_answer()


@pytest.mark.parametrize(
    "events",
    [
        ["keydown:composing", "compositionend"],
        ["keydown:229", "compositionend"],
        ["compositionend", "keydown:229"],
        ["compositionend", "keydown"],
    ],
    ids=["composing", "key-229", "safari", "end-before-a-plain-key"],
)
def test_the_enter_that_ends_a_composition_sends_nothing(host: HostPage, events: list[str]) -> None:
    widget = host.widget
    widget.input.evaluate(
        """(input, events) => {
          input.focus();
          input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          input.value = "你好";
          input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
          for (const each of events) {
            const [name, how] = each.split(":");
            if (name === "compositionend") {
              input.dispatchEvent(new CompositionEvent(name, { bubbles: true, data: "你好" }));
            }
            else {
              const key = { key: "Enter", bubbles: true, cancelable: true, isComposing: how === "composing" };
              input.dispatchEvent(new KeyboardEvent(name, { ...key, keyCode: how === "229" ? 229 : 13 }));
            }
          }
        }""",
        events,
    )
    expect(widget.input).to_have_value("你好")
    expect(widget.own).to_have_count(0)
    widget.input.press("Enter")
    expect(widget.own).to_have_count(1)
    expect(widget.input).to_have_value("")
    widget.wait_for_answer()


def test_shift_and_enter_make_a_line_and_nothing_sends_nothing(host: HostPage) -> None:
    widget = host.widget
    for text in ("", "   ", "\n"):
        widget.input.fill(text)
        widget.input.press("Enter")
        expect(widget.send).to_be_disabled()
    widget.input.fill("one")
    widget.input.press("Shift+Enter")
    widget.input.type("two")
    expect(widget.input).to_have_value("one\ntwo")
    widget.input.press("Enter")
    widget.wait_for_answer()
    assert widget.texts("user") == ["one\ntwo"]


def test_more_than_two_thousand_characters_are_counted_and_not_sent(host: HostPage) -> None:
    widget = host.widget
    widget.input.fill("x" * 2001)
    expect(widget.send).to_be_disabled()
    expect(widget.part("panel")).to_contain_text("1 characters too many")
    widget.input.press("Enter")
    expect(widget.own).to_have_count(0)


# Secrets


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_does_not_leave_the_device(host_page: Callable[..., HostPage], language: str, kind: str) -> None:
    host, (secret, texts) = host_page(language), SECRETS[kind]
    host.visit()
    widget, sent = host.widget, listen(host)
    widget.open()
    widget.write(texts[language])
    expect(widget.notice).to_contain_text(HIDDEN[language][kind])
    expect(widget.own).to_have_count(0)
    cut = widget.input.input_value()
    assert cut
    assert secret not in cut
    expect_nowhere(widget, sent, secret)

    widget.send.click()
    widget.wait_for_answer()
    assert widget.texts("user") == [cut]
    expect(widget.notice).to_be_empty()
    host.page.reload()
    widget.launcher.click()
    expect(widget.own).to_have_count(1)
    expect_nowhere(widget, sent, secret)


def test_a_draft_survives_a_reload_but_no_secret_in_it(host: HostPage) -> None:
    widget = host.widget
    widget.say("hello")
    widget.input.fill("a half written line")
    host.page.reload()
    widget.open()
    expect(widget.input).to_have_value("a half written line")
    widget.input.fill("my password is hunter2X")
    host.page.reload()
    widget.open()
    expect(widget.input).to_have_value("")
    assert "hunter2X" not in widget.everything_kept()


def listen(host: HostPage) -> list[str]:
    """Everything that is sent from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''}")

    host.page.on("request", note)
    return sent


def expect_nowhere(widget: Widget, sent: list[str], secret: str) -> None:
    """A secret was neither sent nor kept, with or without its spaces."""
    for spelling in {secret, secret.replace(" ", "")}:
        assert spelling not in "".join(sent)
        assert spelling not in widget.everything_kept()
