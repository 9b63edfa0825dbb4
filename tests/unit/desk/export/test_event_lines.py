"""What a line of the export tells of an event, and what it never tells."""

from __future__ import annotations

import json
from typing import Any

from bot.desk.export.lines import line_of

USER = "user_6043ad4ab4aefd35"
AT = 1_772_353_001.5


def line(kind: str, user_id: str | None = USER, **event: Any) -> dict[str, Any]:
    return line_of("widget-1", 7, {"event": kind, "timestamp": AT, **event}, user_id)


def said(text: str, **entities: str) -> dict[str, Any]:
    ranking = [{"name": "ask_fees", "confidence": 0.9}, {"name": "greet", "confidence": 0.1}]
    found = [{"entity": name, "value": value, "start": 0} for name, value in {"language": "zh", **entities}.items()]
    parsed = {"intent": ranking[0], "intent_ranking": ranking, "entities": found, "language": "zh", "message_id": "m-1"}
    identity = {"identity": {"user_id": USER}, "model_id": "m"}
    return {"text": text, "parse_data": parsed, "metadata": identity, "message_id": "m-1", "input_channel": "widget"}


def test_a_line_of_the_user_tells_what_it_was_taken_for() -> None:
    assert line("user", **said("手续费多少", amount="100")) == {
        "conversation_id": "widget-1",
        "seq": 7,
        "at": "2026-03-01T08:16:41.500000Z",
        "type": "user",
        "author": "user",
        "text": "手续费多少",
        "channel": "widget",
        "language": "zh",
        "intent": "ask_fees",
        "confidence": 0.9,
        "ranking": [{"name": "ask_fees", "confidence": 0.9}, {"name": "greet", "confidence": 0.1}],
        "entities": [{"amount": "100"}],
        "model": "m",
    }


def test_what_is_personal_is_masked_wherever_it_stands() -> None:
    finding = {"cause": "expired_card", "subject": "card_6043ad4ab4aefd35", "values": {"email": "chen@example.com"}}
    lines = [
        line("user", **said(f"I am {USER}, call 13812345678", transaction_id="T-99887766")),
        line("bot", text="Mail goes to chen@example.com", data={"buttons": [{"title": f"Not {USER}"}]}),
        line("slot", name="session_started_metadata", value={"identity": {"user_id": USER}}),
        line("slot", name="feedback", value=[{"topic": "ask_fees", "words": "write to chen@example.com"}]),
        line("slot", name="walkthrough", value={"topic": "payment_failure", "findings": [finding]}),
    ]

    told = json.dumps(lines)
    assert not [secret for secret in ("6043ad4a", "13812345678", "chen@", "T-998877") if secret in told]
    assert lines[-1]["value"]["findings"][0]["cause"] == "expired_card"


def test_nothing_internal_goes_out() -> None:
    metadata = {"letter": "L-1", "condition": ["secret"], "utter_action": "utter_greet"}
    buttons = [{"title": "Yes", "payload": "/affirm"}]

    assert line("bot", text="Well?", data={"buttons": buttons, "custom": "secret"}, metadata=metadata) == {
        "conversation_id": "widget-1",
        "seq": 7,
        "at": "2026-03-01T08:16:41.500000Z",
        "type": "bot",
        "author": "bot",
        "text": "Well?",
        "response": "utter_greet",
        "buttons": ["Yes"],
    }


def test_of_an_event_that_nobody_knows_it_is_told_that_it_happened() -> None:
    assert line("of_tomorrow", inner="secret", name="secret").keys() == {"conversation_id", "seq", "at", "type"}


def test_the_person_who_wrote_is_named() -> None:
    got = line("bot", text="Hello", data=None, metadata={"author": "agent", "agent": "Li Lei"})

    assert (got["author"], got["agent"]) == ("person", "Li Lei")


def test_an_action_is_told_with_what_chose_it() -> None:
    got = line("action", name="action_repeat", policy="RulePolicy", confidence=1.0)

    assert (got["name"], got["policy"], got["confidence"]) == ("action_repeat", "RulePolicy", 1.0)
