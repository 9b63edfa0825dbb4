"""What a list of conversations shows of one: folded from its events, in the transaction that adds them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.changed import changed

EventData = dict[str, Any]

FALLBACK = "nlu_fallback"
PERSON = "agent"  # metadata.author of what a person of the desk wrote
LETTER = "letter"  # in the metadata of a line that the desk caused: what it calls that, once in a conversation
RUNNING = "running"  # the outcome of a walkthrough that has none yet
SAMPLES = 10_000
# The intents a conversation can be about, see data/nlu.
TOPICS = frozenset(
    "login_failure payment_failure topup_failure transfer_failure report_fraud ask_fees ask_limits ask_security "
    "ask_registration ask_card_binding manage_account ask_usage ask_refund give_feedback".split()
)


@dataclass(frozen=True)
class Summary:
    """One conversation so far. ``user_id`` is None for a guest; times are seconds since 1970.

    ``topic`` is that of the newest walkthrough, before there is one the newest topic the user named; ``cause`` what the
    account showed in it, ``outcome`` how it ended. ``handoff_state`` is one of bot/handoff/states.py. ``rating`` is the
    bot's, ``person_rating`` that of people. ``lowest_confidence`` is that of the intent least sure of all, fallbacks
    included.
    """

    first_at: float
    last_at: float
    channel: str | None = None
    language: str | None = None
    user_id: str | None = None
    topic: str | None = None
    cause: str | None = None
    outcome: str | None = None
    handoff_state: str | None = None
    rating: int | None = None
    person_rating: int | None = None
    user_messages: int = 0
    bot_messages: int = 0
    person_messages: int = 0
    fallbacks: int = 0
    lowest_confidence: float | None = None


def summarise(events: Sequence[EventData], before: Summary | None = None) -> Summary:
    """The summary after more events, of which there is at least one."""
    times = [float(event["timestamp"]) for event in events]
    if before is None:
        summary = Summary(min(times), max(times))
    else:
        summary = changed(before, first_at=min(before.first_at, *times), last_at=max(before.last_at, *times))
    for event in events:
        fold = _FOLDS.get(event["event"])
        if fold:
            summary = fold(summary, event)
    return summary


def sample_of(conversation_id: str) -> int:
    """A draw from 0 to 9999, the same for this id wherever it is made."""
    digest = hashlib.blake2b(conversation_id.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % SAMPLES


def cause_of(walkthrough: dict[str, Any]) -> str | None:
    """The cause that a walkthrough is about, as its slot keeps it; None where the account showed nothing."""
    findings, focus = walkthrough.get("findings") or (), walkthrough.get("focus") or 0
    return str(findings[focus]["cause"]) if focus < len(findings) else None


def confidence_of(event: EventData) -> float:
    """How sure the classifier was of its best intent, also where the bot rather asked back."""
    parsed = event.get("parse_data") or {}
    ranking = parsed.get("intent_ranking") or [parsed.get("intent") or {}]
    return max((float(row.get("confidence") or 0) for row in ranking if row.get("name") != FALLBACK), default=0.0)


def intent_of(event: EventData) -> str | None:
    """The intent the bot took a message for."""
    name = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
    return str(name) if name else None


def _user(summary: Summary, event: EventData) -> Summary:
    intent, confidence = intent_of(event), confidence_of(event)
    identity = (event.get("metadata") or {}).get("identity") or {}
    names_topic = intent in TOPICS and summary.outcome is None
    return changed(
        summary,
        channel=event.get("input_channel") or summary.channel,
        user_id=identity.get("user_id") or summary.user_id,
        topic=intent if names_topic else summary.topic,
        user_messages=summary.user_messages + 1,
        fallbacks=summary.fallbacks + (intent == FALLBACK),
        lowest_confidence=min(confidence, 1.0 if summary.lowest_confidence is None else summary.lowest_confidence),
    )


def _bot(summary: Summary, event: EventData) -> Summary:
    if (event.get("metadata") or {}).get("author") == PERSON:
        return changed(summary, person_messages=summary.person_messages + 1)
    return changed(summary, bot_messages=summary.bot_messages + 1)


def _slot(summary: Summary, event: EventData) -> Summary:
    fold = _SLOTS.get(event["name"])
    value = event.get("value")
    return fold(summary, value) if fold and value else summary


def _language(summary: Summary, value: Any) -> Summary:
    return changed(summary, language=str(value))


def _walkthrough(summary: Summary, value: Any) -> Summary:
    return changed(summary, topic=value["topic"], cause=cause_of(value), outcome=RUNNING)


def _episode(summary: Summary, value: Any) -> Summary:
    gathered = value.get("walkthrough")
    return changed(
        summary,
        topic=value.get("topic") or summary.topic,
        cause=cause_of(gathered) if gathered else summary.cause,
        outcome=value.get("outcome") or summary.outcome,
        rating=value.get("stars") or summary.rating,
    )


def _handoff(summary: Summary, value: Any) -> Summary:
    stars = value.get("stars") or summary.person_rating
    return changed(summary, handoff_state=value["state"], person_rating=stars)


def _channel_link(summary: Summary, value: Any) -> Summary:
    return changed(summary, user_id=value.get("user_id") or summary.user_id)


_SLOTS = {
    "channel_link": _channel_link,
    "language": _language,
    "walkthrough": _walkthrough,
    "episode": _episode,
    "handoff": _handoff,
}
_FOLDS = {"user": _user, "bot": _bot, "slot": _slot}
