"""What a conversation can be about: intents that have words of their own in data/words/topics.yml."""

from __future__ import annotations

from actions.dialogue.turn import Turn

TOPICS = tuple(
    "login_failure payment_failure topup_failure transfer_failure ask_fees ask_limits ask_security report_fraud "
    "ask_registration ask_card_binding manage_account ask_usage ask_refund give_feedback".split()
)


def last_topic(turn: Turn) -> str | None:
    """The topic that the user named last."""
    return next((intent for intent in turn.intents() if intent in TOPICS), None)
