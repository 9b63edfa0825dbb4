"""Reads the words once; everyone else is handed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wallet.contract.payloads import LocalizedText

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class MessageText:
    """Subject and body of one kind of message through one medium."""

    subject: LocalizedText
    body: LocalizedText


@dataclass(frozen=True)
class Texts:
    """All words of the wallet."""

    banks: Mapping[str, LocalizedText]
    messages: Mapping[tuple[str, str], MessageText]
    reset_page: Mapping[str, LocalizedText]
    link_page: Mapping[str, LocalizedText]
    channels: Mapping[str, LocalizedText]

    def bank(self, code: str) -> LocalizedText:
        """A bank's name; its code when nobody has named it yet."""
        return self.banks.get(code, LocalizedText(code, code))

    def channel(self, code: str) -> LocalizedText:
        """A messaging channel's name; its code when nobody has named it yet."""
        return self.channels.get(code, LocalizedText(code, code))


def load_texts() -> Texts:
    """Read every file of words."""
    messages = _read("messages.yml")
    return Texts(
        banks={code: localized(words) for code, words in _read("banks.yml").items()},
        messages={
            (kind, medium): MessageText(localized(text["subject"]), localized(text["body"]))
            for kind, media in messages.items()
            for medium, text in media.items()
        },
        reset_page={key: localized(words) for key, words in _read("reset_page.yml").items()},
        link_page={key: localized(words) for key, words in _read("link_page.yml").items()},
        channels={code: localized(words) for code, words in _read("channels.yml").items()},
    )


def localized(words: Mapping[str, str]) -> LocalizedText:
    """A pair of words from a YAML mapping."""
    return LocalizedText(words["zh"].rstrip(), words["en"].rstrip())


def in_language(text: LocalizedText, language: str) -> str:
    """The words in a user's language; Chinese unless he reads English."""
    return text.en if language == "en" else text.zh


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load((_FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return content
