"""A button works in the conversation it was shown in, and only as it was made."""

from __future__ import annotations

import jwt
import pytest

from bot.channels.buttons import make_button_token, parse_button_token
from bot.channels.identity import IdentityError, Session, make_session_token, make_user_token

SECRET, OTHER_SECRET = "s" * 48, "o" * 48
HERE, ELSEWHERE = "terminal-1", "terminal-2"


def test_a_tapped_button_is_its_intent_with_full_confidence_and_its_title_as_text() -> None:
    parsed = parse_button_token(make_button_token("是这笔", "/affirm", HERE, SECRET), HERE, SECRET)
    intent = {"name": "affirm", "confidence": 1.0}

    assert parsed == {"text": "是这笔", "intent": intent, "intent_ranking": [intent], "entities": []}


def test_a_button_may_bear_entities() -> None:
    parsed = parse_button_token(make_button_token("5 分", '/rate_service{"stars": "5"}', HERE, SECRET), HERE, SECRET)

    assert parsed["intent"]["name"] == "rate_service"
    assert [(entity["entity"], entity["value"]) for entity in parsed["entities"]] == [("stars", "5")]


def test_a_button_of_another_conversation_is_refused() -> None:
    with pytest.raises(IdentityError):
        parse_button_token(make_button_token("是", "/affirm", ELSEWHERE, SECRET), HERE, SECRET)


@pytest.mark.parametrize(
    "token",
    [
        make_button_token("是", "/affirm", HERE, OTHER_SECRET),
        make_button_token("是", "/affirm", HERE, SECRET)[:-3],
        make_button_token("是", "affirm", HERE, SECRET),
        make_button_token("是", "/affirm and more", HERE, SECRET),
        make_session_token(Session(HERE, "chen"), SECRET),
        make_user_token(HERE, SECRET),
        jwt.encode(
            {"title": "是", "pay": "/affirm", "sub": HERE, "aud": "wallet-hotline-button"}, key="", algorithm="none"
        ),
        jwt.encode({"title": "是", "sub": HERE, "aud": "wallet-hotline-button"}, SECRET, "HS256"),
        "/affirm",
        "",
        "\ud800",
    ],
)
def test_what_this_server_did_not_make_as_a_button_is_refused(token: str) -> None:
    with pytest.raises(IdentityError):
        parse_button_token(token, HERE, SECRET)
