"""What names and passwords must be like. Pure."""

from __future__ import annotations

import re
import secrets
import unicodedata

from bot.desk.errors import InvalidRequestError

SHORTEST_PASSWORD = 10
# Hashing takes longer the longer the password is; nobody types this much.
LONGEST_PASSWORD = 200
FEWEST_DIFFERENT_CHARACTERS = 4
LONGEST_DISPLAY_NAME = 40
# Others who are named where agents are: in the history of a hand-off and in a conversation.
NAMES_OF_OTHERS = frozenset({"bot", "desk", "user"})

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# Characters that break a line, turn the reading direction or cannot be seen.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def checked_name(name: str) -> str:
    """Return the name somebody signs in with, in small letters.

    Raises:
        InvalidRequestError: when it is not 2 to 32 letters, digits, dots, dashes or underlines.
    """
    folded = folded_name(name)
    if not _NAME.fullmatch(folded):
        raise InvalidRequestError("name", "must be 2 to 32 letters a-z, digits, dots, dashes or underlines")
    return folded


def folded_name(name: str) -> str:
    """Return a name as it is compared."""
    return name.strip().lower()


def checked_display_name(text: str) -> str:
    """Return the name that users see, on one line.

    Raises:
        InvalidRequestError: when nothing is left of it, or too much.
    """
    seen = "".join(" " if unicodedata.category(character) in _UNSEEN else character for character in text)
    name = " ".join(unicodedata.normalize("NFC", seen).split())
    if not 1 <= len(name) <= LONGEST_DISPLAY_NAME:
        raise InvalidRequestError("display_name", f"must be 1 to {LONGEST_DISPLAY_NAME} characters")
    return name


def folded_display_name(name: str) -> str:
    """Return a display name as it is compared."""
    return unicodedata.normalize("NFKC", name).casefold()


def folded_password(password: str) -> str:
    """Return a password as it is hashed: the same however the keyboard put its characters together."""
    return unicodedata.normalize("NFKC", password)


def checked_password(password: str, name: str) -> str:
    """Return a new password as it is hashed.

    Raises:
        InvalidRequestError: when it is too short, too long, too plain or the name itself.
    """
    folded = folded_password(password)
    if not SHORTEST_PASSWORD <= len(folded) <= LONGEST_PASSWORD:
        raise InvalidRequestError("password", f"must be {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    if len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS or folded_name(folded) == folded_name(name):
        raise InvalidRequestError("password", "is too easily guessed")
    return folded


def one_time_password() -> str:
    """Make a password to be told to somebody: no character in it is taken for another."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
