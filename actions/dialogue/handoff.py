"""Hands a conversation over to a person: the packet with everything gathered, and its number for the user."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict
from enum import Enum
from typing import Any

from actions.diagnosis.finding import Finding
from actions.dialogue import slots
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.errors import Refused
from actions.gateway.gateway import Gateway
from wallet.contract.encoding import to_json
from wallet.contract.money import Money
from wallet.contract.payloads import LocalizedText

logger = logging.getLogger(__name__)

# Crockford's base 32: no I, L, O and U, which are misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LAST_WORDS = 500  # characters
_MOST_ROWS = 100  # findings and steps, the newest; the desk takes no more


class Reason(str, Enum):
    """Why a conversation goes to a person."""

    ASKED = "asked"
    EXHAUSTED = "exhausted"
    NOT_UNDERSTOOD = "not_understood"
    FRAUD = "fraud"
    FOR_PEOPLE = "for_people"
    BOT_FAILURE = "bot_failure"


def new_case_number() -> str:
    """A number the bot can give out while the desk is away; with 32^8 of them a clash is unlikely."""
    digits = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"WH-{digits[:4]}-{digits[4:]}"


def build_packet(turn: Turn, number: str, reason: Reason, walkthrough: Walkthrough | None) -> dict[str, Any]:
    """What the person gets, built from slots and events alone."""
    now = to_json(turn.now)
    findings, tried = (walkthrough.findings, walkthrough.tried) if walkthrough else ((), ())
    return {
        "number": number,
        "conversation_id": turn.speaker.conversation_id,
        "channel": turn.speaker.channel,
        "language": turn.language,
        "user_id": turn.speaker.user_id,
        "topic": walkthrough.topic if walkthrough else None,
        "reason": reason.value,
        "requested_at": now,
        "findings": [_finding(finding, turn.language) for finding in findings[-_MOST_ROWS:]],
        "steps": [asdict(step) for step in tried[-_MOST_ROWS:]],
        "facts": _facts(turn, walkthrough),
        "transcript": {"conversation_id": turn.speaker.conversation_id, "until": now},
        "last_words": _storable(turn.text)[:_LAST_WORDS],
    }


def _storable(text: str) -> str:
    """Without zero characters and half surrogate pairs: no database stores them, the desk would refuse the packet."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    values = {name: _plain(value, language) for name, value in finding.values.items()}
    if finding.subject:
        values["transaction"] = finding.subject
    at = to_json(finding.at) if finding.at else None
    return {"cause": finding.cause, "subject": finding.subject, "at": at, "values": values}


def _plain(value: Any, language: str) -> Any:
    """A value as a person at the desk reads it."""
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, LocalizedText):
        return getattr(value, language)
    if isinstance(value, (list, tuple)):
        return [_plain(item, language) for item in value]
    return to_json(value)


def _facts(turn: Turn, walkthrough: Walkthrough | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"verified": turn.speaker.is_verified}
    if walkthrough:
        facts |= {"source": walkthrough.source.value, "step": walkthrough.step}
    return facts


async def hand_over(
    turn: Turn, gateway: Gateway, reason: Reason, walkthrough: Walkthrough | None
) -> list[dict[str, Any]]:
    """Make a case, tell the user its number; the events that end the walkthrough and remember the case."""
    number = new_case_number()
    packet = build_packet(turn, number, reason, walkthrough)
    try:
        case = await gateway.outbox.send(packet)
    except (OSError, Refused):
        logger.exception("hand-off %s could not be kept", number)
        turn.say("utter_handoff_failed")
        gathered = walkthrough.to_slot() if walkthrough else None
        return [*end_of_walkthrough(), _set(slots.WALKTHROUGH, gathered)]
    if case:
        turn.say("utter_handed_over", number=number, due=case.due_at)
    else:
        turn.say("utter_handed_over_kept", number=number)
    kept = {"number": number, "topic": packet["topic"], "at": packet["requested_at"]}
    return [
        *end_of_walkthrough(),
        _set(slots.CASE, kept),
        _set(slots.EPISODE, {"topic": packet["topic"], "outcome": "handed_over"}),
    ]


def end_of_walkthrough() -> list[dict[str, Any]]:
    """Events that close the form and forget the walkthrough; without them the form would ask its step again."""
    return [
        {"event": "active_loop", "name": None},
        _set(slots.REQUESTED_SLOT, None),
        _set(slots.STEP_RESULT, None),
        _set(slots.WALKTHROUGH, None),
    ]


def _set(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}
