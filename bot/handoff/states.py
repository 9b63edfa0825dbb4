"""The states of a hand-off and what may follow what. Pure: bot and desk keep their records by it, each its own.

    bot → requested → queued → claimed → active ⇄ on hold → returned | resolved → rated

with the exits: cancelled by the user · nobody on duty, closed, or waited too long → case · the agent is gone → queued.
"""

from __future__ import annotations

from enum import Enum


class State(str, Enum):
    """Where a conversation stands between bot and person."""

    BOT = "bot"
    REQUESTED = "requested"
    QUEUED = "queued"
    CLAIMED = "claimed"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    RETURNED = "returned"
    RESOLVED = "resolved"
    RATED = "rated"
    CANCELLED = "cancelled"
    CASE = "case"


class Change(str, Enum):
    """What happens to a hand-off."""

    REQUEST = "request"
    QUEUE = "queue"
    MOVE = "move"
    DEFER = "defer"
    CANCEL = "cancel"
    CLAIM = "claim"
    ANSWER = "answer"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    REQUEUE = "requeue"
    RETURN = "return"
    RESOLVE = "resolve"
    RATE = "rate"


class IllegalChange(ValueError):
    """A change that may not follow the present state."""

    def __init__(self, state: State, change: Change) -> None:
        super().__init__(f"{change.value} may not follow {state.value}")
        self.state, self.change = state, change


# Leaving a case open is no state of the talk: the bot goes on, and the case is answered whenever it is.
_AFTER = {
    State.BOT: {Change.REQUEST: State.REQUESTED},
    State.REQUESTED: {
        Change.QUEUE: State.QUEUED,
        Change.DEFER: State.CASE,
        Change.CANCEL: State.CANCELLED,
        # Of a case that is asked for again, an answer may have been on its way.
        Change.ANSWER: State.REQUESTED,
        Change.RESOLVE: State.RESOLVED,
    },
    State.QUEUED: {
        Change.MOVE: State.QUEUED,
        Change.CLAIM: State.CLAIMED,
        Change.DEFER: State.CASE,
        Change.CANCEL: State.CANCELLED,
    },
    State.CLAIMED: {Change.ANSWER: State.ACTIVE},
    State.ACTIVE: {Change.ANSWER: State.ACTIVE},
    State.ON_HOLD: {Change.RESUME: State.ACTIVE, Change.ANSWER: State.ACTIVE},
    State.CASE: {
        Change.REQUEST: State.REQUESTED,
        Change.QUEUE: State.QUEUED,
        Change.ANSWER: State.CASE,
        Change.RESOLVE: State.RESOLVED,
        Change.CANCEL: State.CANCELLED,
    },
    State.RETURNED: {Change.REQUEST: State.REQUESTED, Change.RATE: State.RATED},
    State.RESOLVED: {Change.REQUEST: State.REQUESTED, Change.RATE: State.RATED},
    State.RATED: {Change.REQUEST: State.REQUESTED},
    State.CANCELLED: {Change.REQUEST: State.REQUESTED},
}
SERVED = frozenset({State.CLAIMED, State.ACTIVE, State.ON_HOLD})
_WHILE_SERVED = {
    Change.HOLD: State.ON_HOLD,
    Change.TRANSFER: State.CLAIMED,
    Change.REQUEUE: State.QUEUED,
    Change.RETURN: State.RETURNED,
    Change.RESOLVE: State.RESOLVED,
    Change.DEFER: State.CASE,
}
_AFTER = {state: {**(_WHILE_SERVED if state in SERVED else {}), **follows} for state, follows in _AFTER.items()}
del _AFTER[State.ON_HOLD][Change.HOLD]

WAITING = frozenset({State.REQUESTED, State.QUEUED})
# The talk with this person is over; asking again makes a new hand-off.
ENDED = frozenset({State.RETURNED, State.RESOLVED, State.RATED, State.CANCELLED})


def after(state: State, change: Change) -> State:
    """The state after a change. Raises IllegalChange."""
    try:
        return _AFTER[state][change]
    except KeyError as error:
        raise IllegalChange(state, change) from error


def is_served(state: State) -> bool:
    """Whether a person has the conversation, so that the bot is silent."""
    return state in SERVED
