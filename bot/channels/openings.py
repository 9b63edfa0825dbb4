"""What a conversation may be opened with by a tap, or by the host application; the words are data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from bot.channels.buttons import Choice, make_button_token
from bot.channels.identity import Session

OPENINGS_FILE = Path("data/openings.yml")
LANGUAGES = ("zh", "en")
_SWITCH = "switch_language"


def opening_tokens(session: Session, secret: str) -> dict[str, dict[str, str]]:
    """Button tokens of a session: ``{"zh": {"payment_failure": …}, "en": …}``."""
    return {
        language: {
            name: make_button_token(choice, session.conversation_id, secret)
            for name, choice in _choices(language).items()
        }
        for language in LANGUAGES
    }


@cache
def _choices(language: str) -> dict[str, Choice]:
    openings = yaml.safe_load(OPENINGS_FILE.read_text(encoding="utf-8"))["openings"]
    return {name: Choice(titles[language], name, _entities(name, language)) for name, titles in openings.items()}


def _entities(name: str, language: str) -> dict[str, str]:
    return {"named_language": language} if name == _SWITCH else {"language": language}
