"""Typed text is text: Rasa takes one that begins with a slash for an intent, so the slash becomes full-width."""

from __future__ import annotations

_SLASH, _FULL_WIDTH_SLASH = "/", "\uff0f"


def as_plain_text(text: str) -> str:
    """The text with a leading slash made harmless. Rasa strips blanks before it looks, so they do not help."""
    stripped = text.strip()
    return _FULL_WIDTH_SLASH + stripped[1:] if stripped.startswith(_SLASH) else stripped
