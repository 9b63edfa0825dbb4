"""What a person gets of a conversation: built from slots and events alone, in the shape of the desk's API."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict
from enum import Enum
from typing import Any

from actions.diagnosis.finding import Finding
from actions.dialogue import slots
from actions.dialogue.topics import last_topic
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.errors import GatewayError
from actions.gateway.gateway import Gateway
from wallet.contract.encoding import to_json
from wallet.contract.money import Money
from wallet.contract.payloads import LocalizedText

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


def number_for(turn: Turn, instead_of: str = "") -> str:
    """A number the bot can give out while the desk is away; with 32^8 of them a clash is unlikely.

    It follows from the message, so that one which is handled again after a crash asks under the same number.
    ``instead_of`` is a number that is used up.
    """
    asked = f"{turn.speaker.conversation_id} {turn.message_id or secrets.token_hex()} {instead_of}"
    bits = int.from_bytes(hashlib.blake2b(asked.encode(), digest_size=5).digest(), "big")
    digits = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(8))
    return f"WH-{digits[:4]}-{digits[4:]}"


def build_packet(
    turn: Turn, number: str, reason: Reason, walkthrough: Walkthrough | None, account: dict[str, Any]
) -> dict[str, Any]:
    """The packet; ``account`` is what ``account_of`` found."""
    now = to_json(turn.now)
    gathered = [each for each in (walkthrough, Walkthrough.from_slot(turn.tracker.get_slot(slots.REFUND))) if each]
    findings = [finding for each in gathered for finding in each.findings]
    tried = sorted((step for each in gathered for step in each.tried), key=lambda step: step.at)
    return {
        "number": number,
        "conversation_id": turn.speaker.conversation_id,
        "channel": turn.speaker.channel,
        "language": turn.language,
        "user_id": turn.speaker.user_id,
        "topic": walkthrough.topic if walkthrough else last_topic(turn),
        "reason": reason.value,
        "requested_at": now,
        "findings": [_finding(finding, turn.language) for finding in findings[-_MOST_ROWS:]],
        "steps": [asdict(step) for step in tried[-_MOST_ROWS:]],
        "facts": {**_facts(turn, walkthrough), **account},
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
        facts |= {"source": walkthrough.source.value, "step": walkthrough.linking or walkthrough.step}
    return facts


async def account_of(turn: Turn, gateway: Gateway) -> dict[str, Any]:
    """What the wallet shows of a proven user, masked; nothing of a guest or while the wallet is away."""
    if turn.speaker.user_id is None:
        return {}
    try:
        state = await gateway.wallet.login_state(turn.speaker.user_id)
    except GatewayError:
        return {}
    return {"account": state.status.value, "email": state.email_masked, "phone": state.phone_masked}
