"""What the bot's answer to a letter means. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.handoff.states import Change, State

_FINAL = (400, 413)
# Where each change leads, whatever came before: a letter that the bot contradicts with it has been heard already.
_LEADS_TO = {
    Change.QUEUE.value: State.QUEUED.value,
    Change.REQUEUE.value: State.QUEUED.value,
    Change.DEFER.value: State.CASE.value,
    Change.CLAIM.value: State.CLAIMED.value,
    Change.TRANSFER.value: State.CLAIMED.value,
    Change.HOLD.value: State.ON_HOLD.value,
    Change.RESUME.value: State.ACTIVE.value,
    Change.RETURN.value: State.RETURNED.value,
    Change.RESOLVE.value: State.RESOLVED.value,
}


class Outcome(Enum):
    """What becomes of a letter."""

    TAKEN = "taken"
    REFUSED = "refused"
    CONTRADICTED = "contradicted"
    LATER = "later"


@dataclass(frozen=True)
class Answered:
    """The outcome, and of a refusal the code and for a contradiction the state in which the conversation is."""

    outcome: Outcome
    refusal: str = ""
    state: str = ""


def read_answer(letter: dict[str, Any], status: int, answer: Any) -> Answered:
    """Read what the bot answered to a letter of this body."""
    said = answer if isinstance(answer, dict) else {}
    code = str(said.get("code") or status)
    if 200 <= status < 300:
        return Answered(Outcome.TAKEN)
    if status in _FINAL:
        return Answered(Outcome.REFUSED, code)
    if status == 404:
        is_small = letter.get("change") in (None, Change.MOVE.value)
        return Answered(Outcome.REFUSED if is_small else Outcome.CONTRADICTED, code, "unknown")
    if status == 409:
        return _contradiction(letter, code, said)
    return Answered(Outcome.LATER, code)


def _contradiction(letter: dict[str, Any], code: str, said: dict[str, Any]) -> Answered:
    change, state = letter.get("change"), str(_told(said, "state") or "unknown")
    number = _told(said, "number")
    if number is not None and number != letter["number"]:
        # The conversation has a newer hand-off, or has never known of this one.
        return Answered(Outcome.CONTRADICTED, code, state)
    if state == State.REQUESTED.value:
        # The bot has not yet noted the standing that it was answered: the letter was faster.
        return Answered(Outcome.LATER, code)
    if change is not None and _LEADS_TO.get(change) == state:
        return Answered(Outcome.TAKEN)
    if change == Change.MOVE.value:
        return Answered(Outcome.REFUSED, code)
    return Answered(Outcome.CONTRADICTED, code, state)


def _told(said: dict[str, Any], name: str) -> Any:
    details = said.get("details")
    return said[name] if name in said else details.get(name) if isinstance(details, dict) else None
