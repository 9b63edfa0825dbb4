"""A button works in the conversation it was shown in, and only as it was made."""

from __future__ import annotations

import jwt
import pytest

from bot.channels.buttons import ANSWERS, Choice, make_button_token, parse_button_token
from bot.channels.identity import IdentityError, Session, make_session_token, make_user_token

SECRET, OTHER_SECRET = "s" * 48, "o" * 48
HERE, ELSEWHERE = "terminal-1", "terminal-2"
YES = Choice("是这笔", "affirm", {}, 7)


def tapped(choice: Choice) -> Choice:
    """The choice as it comes back."""
    return parse_button_token(make_button_token(choice, HERE, SECRET), HERE, SECRET)


def test_a_tapped_button_is_its_intent_with_full_confidence_and_its_title_as_text() -> None:
    intent = {"name": "affirm", "confidence": 1.0}

    assert tapped(YES) == YES
    assert YES.as_parse_data() == {"text": "是这笔", "intent": intent, "intent_ranking": [intent], "entities": []}


def test_a_button_may_bear_entities() -> None:
    parsed = tapped(Choice.of_payload("5 分", '/rate_service{"stars": "5"}')).as_parse_data()

    assert parsed["intent"]["name"] == "rate_service"
    assert [(entity["entity"], entity["value"]) for entity in parsed["entities"]] == [("stars", "5")]


@pytest.mark.parametrize("intent", sorted(ANSWERS))
def test_an_answer_belongs_to_its_question(intent: str) -> None:
    assert tapped(Choice.of_payload("x", f"/{intent}", 12)).question == 12


@pytest.mark.parametrize("payload", ["/request_human", '/rate_service{"stars": "5"}', "/payment_failure"])
def test_what_needs_no_question_is_good_at_any_time(payload: str) -> None:
    assert tapped(Choice.of_payload("x", payload, 12)).question is None


@pytest.mark.parametrize("payload", ["affirm", "/affirm and more", "", "/", "/affirm{", "/affirm[]"])
def test_another_payload_makes_no_button(payload: str) -> None:
    with pytest.raises(ValueError):
        Choice.of_payload("x", payload)


def test_a_choice_about_a_transaction_says_which_one() -> None:
    choice = Choice("付款失败", "payment_failure", {"language": "zh"}).about("pay_1")

    assert choice.title == "付款失败"
    assert choice.entities == {"language": "zh", "transaction_id": "pay_1"}


def test_a_choice_keeps_its_own_language() -> None:
    assert Choice("x", "greet", {}).in_language("en").entities == {"language": "en"}
    assert Choice("x", "greet", {"language": "zh"}).in_language("en").entities == {"language": "zh"}


def test_a_button_of_another_conversation_is_refused() -> None:
    with pytest.raises(IdentityError):
        parse_button_token(make_button_token(YES, ELSEWHERE, SECRET), HERE, SECRET)


@pytest.mark.parametrize(
    "token",
    [
        make_button_token(YES, HERE, OTHER_SECRET),
        make_button_token(YES, HERE, SECRET)[:-3],
        make_session_token(Session(HERE, "chen"), SECRET).token,
        make_user_token(HERE, SECRET),
        jwt.encode(
            {"title": "是", "intent": "affirm", "sub": HERE, "aud": "wallet-hotline-button"}, key="", algorithm="none"
        ),
        jwt.encode({"title": "是", "sub": HERE, "aud": "wallet-hotline-button"}, SECRET, "HS256"),
        "/affirm",
        "",
        "\ud800",
    ],
    # Tokens bear the time, and a name must be the same in every process.
    ids="foreign cut session user unsigned incomplete payload empty half".split(),
)
def test_what_this_server_did_not_make_as_a_button_is_refused(token: str) -> None:
    with pytest.raises(IdentityError):
        parse_button_token(token, HERE, SECRET)
