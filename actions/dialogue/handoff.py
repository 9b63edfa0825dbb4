"""The hand-off as the conversation keeps it: asked for, where it stands, taken back, told to the user."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from actions.dialogue import slots
from actions.dialogue.packet import Reason, account_of, build_packet, number_for
from actions.dialogue.turn import Button, Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.desk_client import Standing
from actions.gateway.errors import GatewayError, Refused
from actions.gateway.gateway import Gateway
from wallet.contract.encoding import to_json

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]
Handoff = dict[str, Any]

# States of bot/handoff/states.py that the actions themselves set or look for.
REQUESTED, QUEUED, CASE, CANCELLED, RATED = "requested", "queued", "case", "cancelled", "rated"
WAITING = (REQUESTED, QUEUED)
SERVED = ("claimed", "active", "on_hold")
ENDED = ("returned", "resolved", "rated", "cancelled")
# A person had the conversation and the user may rate that.
ANSWERED = ("returned", "resolved")


def handoff_of(turn: Turn) -> Handoff | None:
    """The newest hand-off of the conversation: ``{number, state, reason, topic, at, position, wait, agent, …}``."""
    value = turn.tracker.get_slot(slots.HANDOFF)
    return dict(value) if value else None


def is_waiting(handoff: Handoff | None) -> bool:
    """Whether the user waits for a person."""
    return handoff is not None and handoff["state"] in WAITING


async def hand_over(
    turn: Turn, gateway: Gateway, reason: Reason, walkthrough: Walkthrough | None, number: str | None = None
) -> Events:
    """Ask the desk for a person and say what comes of it; the events that end the walkthrough and remember it.

    ``number`` is that of a case which the user asks for again, or of the queue in which there is more to tell by now.
    """
    account, is_known = await account_of(turn, gateway), number is not None
    packet = build_packet(turn, number or number_for(turn), reason, walkthrough, account)
    try:
        standing = await gateway.outbox.send(packet)
        if standing and standing.state in ENDED:
            # The case was closed since the user heard of it last, or the desk gave up a bot that was away.
            number, is_known = number_for(turn, packet["number"]), False
            packet = build_packet(turn, number, reason, walkthrough, account)
            standing = await gateway.outbox.send(packet)
    except (OSError, Refused):
        logger.exception("hand-off %s could not be kept", packet["number"])
        turn.say("utter_handoff_failed")
        gathered = walkthrough.to_slot() if walkthrough else None
        return [*end_of_walkthrough(), set_slot(slots.WALKTHROUGH, gathered)]
    requested = {"number": packet["number"], "reason": reason.value, "topic": packet["topic"], "at": to_json(turn.now)}
    before = handoff_of(turn)
    # In the queue he stays there: the desk's next letter may be a claim, which does not follow a request.
    is_queued = before is not None and (before["number"], before["state"]) == (packet["number"], QUEUED)
    handoffs = [] if is_queued else [{**requested, "state": REQUESTED, "change": "request"}]
    if standing and standing.state in (QUEUED, CASE):
        handoffs.append({**requested, **of_standing(standing)})
    elif standing:
        is_known = True  # The outbox was quicker, and somebody has it already: the desk tells that itself.
    tell(turn, [before, *handoffs][-1] or requested, is_known)
    return [
        *end_of_walkthrough(),
        *(set_slot(slots.HANDOFF, handoff) for handoff in handoffs),
        set_slot(slots.EPISODE, _episode(packet, walkthrough)),
    ]


def _episode(packet: dict[str, Any], walkthrough: Walkthrough | None) -> dict[str, Any]:
    """What was gathered is kept: whoever asks again for the case brings it along."""
    gathered = {"walkthrough": walkthrough.to_slot()} if walkthrough else {}
    return {"topic": packet["topic"], "outcome": "handed_over", **gathered}


async def stand_in_queue(turn: Turn, gateway: Gateway, handoff: Handoff) -> Events:
    """Say where the user stands who asks again; the hand-off as the desk has it now, or a new one if that has ended."""
    number = handoff["number"]
    try:
        standing = await gateway.desk.handoff(number)
    except GatewayError:
        tell(turn, handoff, is_known=True)
        return end_of_walkthrough()
    is_lost = standing is None and not await gateway.outbox.holds(number)
    if is_lost or (standing and standing.state in ENDED):
        # The bot was not told: it was away, or the desk has lost what it had.
        return await hand_over(turn, gateway, Reason(handoff["reason"]), None)
    if standing is None or standing.state != QUEUED:
        # On its way to the desk, or changing at this moment: that will be told.
        tell(turn, handoff, is_known=True)
        return end_of_walkthrough()
    now = {**handoff, **of_standing(standing)}
    tell(turn, now, is_known=True)
    return [*end_of_walkthrough(), set_slot(slots.HANDOFF, now)]


async def take_back(turn: Turn, gateway: Gateway, handoff: Handoff) -> Events:
    """Leave the queue or withdraw the case, unless a person has it by now."""
    if not await gateway.outbox.withdraw(handoff["number"]) and not await _has_ended(gateway, handoff["number"]):
        turn.say("utter_handoff_too_late")
        return []
    turn.say("utter_handoff_cancel" if is_waiting(handoff) else "utter_case_withdrawn", number=handoff["number"])
    return [set_slot(slots.HANDOFF, {**handoff, "state": CANCELLED, "change": "cancel"})]


async def _has_ended(gateway: Gateway, number: str) -> bool:
    try:
        standing = await gateway.desk.handoff(number)
    except GatewayError:
        return False
    return standing is not None and standing.state in ENDED


def of_standing(standing: Standing) -> Handoff:
    """What the slot keeps of the desk's answer."""
    return {
        "state": standing.state,
        "change": "queue" if standing.state == QUEUED else "defer",
        "position": standing.position,
        "wait": list(standing.wait) if standing.wait else None,
        "agent": standing.agent,
        "due_at": to_json(standing.due_at),
        "why": standing.why,
        "opens_at": to_json(standing.opens_at),
    }


def tell(turn: Turn, handoff: Handoff, is_known: bool = False) -> None:
    """Say the state that a change has led to. ``is_known``: the user has heard of it and only asks again."""
    low, high = handoff.get("wait") or (None, None)
    times = {key: _time(handoff.get(key)) for key in ("due_at", "opens_at")}
    known = {
        "number": handoff["number"],
        "position": handoff.get("position"),
        "low": low,
        "high": high,
        "agent": person_of(turn, handoff),
        "due": times["due_at"],
        "opens": times["opens_at"],
    }
    buttons = [turn.button("button_stop_waiting", "/cancel")] if handoff["state"] == QUEUED else []
    turn.say(_line(handoff, is_known), buttons, **{key: value for key, value in known.items() if value is not None})


def _line(handoff: Handoff, is_known: bool) -> str:
    state, change = handoff["state"], handoff.get("change")
    if state == REQUESTED:
        return "utter_handoff_waiting" if is_known else "utter_handoff_kept"
    if change == "move" and not is_known:
        return "utter_handoff_next"
    if state == QUEUED:
        again = "utter_handoff_requeued" if change == "requeue" else "utter_handoff_queued"
        return again if handoff.get("wait") else f"{again}_open"
    if state == CASE:
        # Closed when it was made but open by now: there is no opening to tell of.
        why = None if handoff.get("why") == "closed" and not handoff.get("opens_at") else handoff.get("why")
        return "utter_case_exists" if is_known else f"utter_handoff_case_{why or 'made'}"
    return f"utter_handoff_{change}"


def person_of(turn: Turn, handoff: Handoff) -> str:
    """The name of the person who serves or served; a colleague's where the desk tells none."""
    return str(handoff.get("agent") or turn.word("a_colleague"))


def rating_buttons(turn: Turn, rates: str) -> list[Button]:
    """One to five for the bot or the person, so that in a terminal the digit of a choice is its number of stars."""
    return [
        turn.button(f"button_stars_{stars}", f'/rate_service{{"stars": "{stars}", "rates": "{rates}"}}')
        for stars in range(1, 6)
    ]


def end_of_walkthrough() -> Events:
    """Events that close the form and forget the walkthrough; without them the form would ask its step again."""
    return [
        {"event": "active_loop", "name": None},
        set_slot(slots.REQUESTED_SLOT, None),
        set_slot(slots.STEP_RESULT, None),
        set_slot(slots.WALKTHROUGH, None),
    ]


def set_slot(name: str, value: Any) -> dict[str, Any]:
    """The event that sets a slot."""
    return {"event": "slot", "name": name, "value": value}


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
