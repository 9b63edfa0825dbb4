"""The responses of data/responses, read and filled in as Rasa does it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

RESPONSES_FOLDER = Path("data/responses")
LANGUAGES = ("zh", "en")


@lru_cache(maxsize=1)
def responses() -> dict[str, dict[str, str]]:
    """Every response: its text in each language it has."""
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(RESPONSES_FOLDER.glob("*.yml")):
        for name, variants in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            texts[name] = {_language(variant): variant["text"] for variant in variants}
    return texts


def _language(variant: dict[str, Any]) -> str:
    (condition,) = variant["condition"]
    return str(condition["value"])


def placeholders(response: str, language: str) -> set[str]:
    """Names of the values a response needs."""
    return {name for _, name, _, _ in Formatter().parse(responses()[response][language]) if name}


def render(message: dict[str, Any], language: str) -> str:
    """The text of an uttered message."""
    return responses()[message["response"]][language].format(**message)
