"""Words are there in both languages, with the same blanks to fill."""

from __future__ import annotations

import re

from wallet.contract.payloads import CardKind, LocalizedText
from wallet.domain.cards import prefix_of
from wallet.texts.catalogue import in_language, load_texts


def blanks(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def all_texts() -> list[LocalizedText]:
    texts = load_texts()
    messages = [text for message in texts.messages.values() for text in (message.subject, message.body)]
    pages = [*texts.reset_page.values(), *texts.link_page.values()]
    return [*texts.banks.values(), *texts.channels.values(), *pages, *messages]


def test_every_text_has_words_in_both_languages() -> None:
    assert all(text.zh and text.en for text in all_texts())


def test_both_languages_have_the_same_blanks() -> None:
    assert all(blanks(text.zh) == blanks(text.en) for text in all_texts())


def test_every_bank_with_a_name_gives_out_cards_of_both_kinds() -> None:
    for bank in load_texts().banks:
        assert {prefix_of(bank, kind) for kind in CardKind}


def test_a_text_is_chinese_unless_english_is_read() -> None:
    text = LocalizedText("中文", "English")
    assert [in_language(text, language) for language in ("zh", "en", "fr")] == ["中文", "English", "中文"]
