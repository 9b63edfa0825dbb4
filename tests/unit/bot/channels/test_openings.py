"""What a conversation may be opened with: intents of the domain, words in both languages."""

from __future__ import annotations

import yaml

from bot.channels.buttons import parse_button_token
from bot.channels.identity import Session
from bot.channels.openings import LANGUAGES, OPENINGS_FILE, opening_tokens
from tests.architecture.sources import domain

SECRET = "s" * 48
SESSION = Session("widget-1", None)


def test_every_opening_has_a_button_in_both_languages() -> None:
    openings = yaml.safe_load(OPENINGS_FILE.read_text(encoding="utf-8"))["openings"]
    tokens = opening_tokens(SESSION, SECRET)
    for language in LANGUAGES:
        choices = {name: parse_button_token(token, "widget-1", SECRET) for name, token in tokens[language].items()}
        assert {name: choice.title for name, choice in choices.items()} == {
            name: titles[language] for name, titles in openings.items()
        }
        assert all(name == choice.intent for name, choice in choices.items())
        assert {
            choice.entities.get("language", choice.entities.get("named_language")) for choice in choices.values()
        } == {language}


def test_every_opening_is_an_intent() -> None:
    intents = {name for row in domain()["intents"] for name in (row if isinstance(row, dict) else [row])}
    assert set(opening_tokens(SESSION, SECRET)["zh"]) <= intents
