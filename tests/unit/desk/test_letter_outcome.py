"""What the bot's answer to a letter means."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.letters.outcome import Outcome, read_answer

NUMBER = "WH-7K3M-Q9TD"
LINE = {"number": NUMBER, "text": "hello", "agent": "Li"}


def change(name: str) -> dict[str, Any]:
    return {"number": NUMBER, "change": name}


def illegal(state: str, number: str | None = NUMBER) -> dict[str, Any]:
    return {"code": "illegal_change", "message": "", "state": state, "number": number}


@pytest.mark.parametrize(
    ("letter", "status", "answer", "outcome"),
    [
        (LINE, 200, {"seq": 7}, Outcome.TAKEN),
        (LINE, 204, None, Outcome.TAKEN),
        (LINE, 400, {"code": "invalid_request"}, Outcome.REFUSED),
        (LINE, 413, {"code": "body_too_large"}, Outcome.REFUSED),
        (LINE, 404, {"code": "not_found"}, Outcome.REFUSED),
        (change("move"), 404, {"code": "not_found"}, Outcome.REFUSED),
        (change("claim"), 404, {"code": "not_found"}, Outcome.CONTRADICTED),
        (LINE, 401, {"code": "unauthenticated"}, Outcome.LATER),
        (LINE, 403, None, Outcome.LATER),
        (LINE, 429, None, Outcome.LATER),
        (LINE, 500, "no object", Outcome.LATER),
        (LINE, 503, ["no object"], Outcome.LATER),
        (LINE, 302, None, Outcome.LATER),
        (LINE, 409, illegal("cancelled"), Outcome.CONTRADICTED),
        (LINE, 409, illegal("requested"), Outcome.LATER),
        (LINE, 409, illegal("requested", "WH-0000-0001"), Outcome.CONTRADICTED),
        (LINE, 409, {"code": "conflict", "details": {"state": "rated"}}, Outcome.CONTRADICTED),
        (LINE, 409, None, Outcome.CONTRADICTED),
        (change("claim"), 409, illegal("queued", "WH-0000-0001"), Outcome.CONTRADICTED),
        (change("claim"), 409, illegal("claimed", "WH-0000-0001"), Outcome.CONTRADICTED),
        (change("queue"), 409, illegal("queued"), Outcome.TAKEN),
        (change("defer"), 409, illegal("case"), Outcome.TAKEN),
        (change("resolve"), 409, illegal("resolved"), Outcome.TAKEN),
        (change("resolve"), 409, illegal("returned"), Outcome.CONTRADICTED),
        (change("move"), 409, illegal("claimed"), Outcome.REFUSED),
        (change("move"), 409, illegal("claimed", "WH-0000-0001"), Outcome.CONTRADICTED),
    ],
)
def test_an_answer_means_what_becomes_of_the_letter(
    letter: dict[str, Any], status: int, answer: Any, outcome: Outcome
) -> None:
    assert read_answer(letter, status, answer).outcome is outcome


def test_a_refusal_names_the_code_or_else_the_status() -> None:
    assert read_answer(LINE, 400, {"code": "invalid_request"}).refusal == "invalid_request"
    assert read_answer(LINE, 413, None).refusal == "413"


def test_a_contradiction_tells_the_state_of_the_conversation() -> None:
    assert read_answer(LINE, 409, illegal("cancelled")).state == "cancelled"
    assert read_answer(LINE, 409, {}).state == "unknown"
