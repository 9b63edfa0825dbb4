"""The buttons of the panel's header: the other language, starting over, the conversation as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.host_page import HostPage
from tests.e2e.wallet_page import WalletPage
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

FAILED = {"zh": "付款失败了", "en": "My payment failed"}
FEES = {"zh": "充1000要手续费吗", "en": "what is the fee for 1000?"}
PLACEHOLDER = {"zh": "请输入消息…", "en": "Write a message…"}
NAMES = {"zh": ("您", "智能助手"), "en": ("You", "Digital assistant")}
OTHER = {"zh": "en", "en": "zh"}


def is_chinese(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_the_other_language_is_spoken_at_once(host_page: Callable[..., HostPage], language: str) -> None:
    host, other = host_page(language), OTHER[language]
    host.visit()
    widget = host.widget
    widget.open()
    expect(widget.input).to_have_attribute("placeholder", PLACEHOLDER[language])
    widget.say(FAILED[language])
    before = len(widget.texts("bot"))
    widget.part("language").click()
    expect(widget.input).to_have_attribute("placeholder", PLACEHOLDER[other])
    widget.wait_for_answer(before)
    before = len(widget.texts("bot"))
    widget.say("OK")
    assert {is_chinese(text) for text in widget.texts("bot")[before:]} == {other == "zh"}
    assert [event["language"] for event in host.heard("hotline-language")] == [other]
    host.page.reload()
    expect(widget.input).to_have_attribute("placeholder", PLACEHOLDER[other])


def test_a_language_chosen_before_the_first_word_is_the_conversation_s(
    host_page: Callable[..., HostPage], language: str
) -> None:
    host, other = host_page(language), OTHER[language]
    host.visit()
    widget = host.widget
    widget.open()
    widget.part("language").click()
    expect(widget.input).to_have_attribute("placeholder", PLACEHOLDER[other])
    widget.wait_until_live()
    widget.say("OK")
    assert {is_chinese(text) for text in widget.texts("bot")} == {other == "zh"}


def test_the_page_s_language_is_the_widget_s(wallet_page: Callable[..., WalletPage], language: str) -> None:
    wallet, other = wallet_page(None, language), OTHER[language]
    expect(wallet.widget.input).to_have_attribute("placeholder", PLACEHOLDER[language])
    wallet.part("language").first.click()
    expect(wallet.widget.input).to_have_attribute("placeholder", PLACEHOLDER[other])


def test_starting_over_begins_an_empty_conversation_and_asks_before(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    host = host_page(language)
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    widget.say(FAILED[language])
    before = widget.session()["conversation_id"]
    widget.open_menu()
    widget.part("start-over").click()
    widget.part("cancel").click()
    expect(widget.messages).not_to_have_count(0)
    assert widget.session()["conversation_id"] == before

    widget.start_over()
    expect(widget.part("choice").first).to_be_visible()
    assert widget.session()["conversation_id"] != before
    widget.say(FEES[language])
    assert widget.texts("user") == [FEES[language]]
    widget.expect_same_as_stored()


def test_the_conversation_is_downloaded_with_names_and_times(
    host_page: Callable[..., HostPage], chen: WalletUser, language: str
) -> None:
    host = host_page(language)
    host.visit(chen.user_id)
    widget = host.widget
    widget.open()
    for text in (FAILED[language], FEES[language]):
        widget.say(text)
    widget.open_menu()
    with host.page.expect_download() as waited:
        widget.part("transcript").click()
    saved = waited.value
    assert saved.suggested_filename.endswith(".txt")
    written = Path(saved.path()).read_text(encoding="utf-8-sig")
    user, bot = NAMES[language]
    at = 0
    for line in widget.lines():
        at = written.index(f"{user if line.author == 'user' else bot}:\n{line.text}", at)
    stamps = [line for line in written.splitlines() if line.startswith("[") and ":" in line]
    assert len(stamps) >= len(widget.lines())
