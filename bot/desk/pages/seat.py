"""What an agent may do with a hand-off, by its state and by who has it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.desk.agents.payloads import Agent, Role
from bot.desk.handoffs.payloads import Handoff
from bot.handoff.states import SERVED, WAITING, State


class Place(str, Enum):
    """From where an agent sees a hand-off."""

    WRITER = "writer"
    READER = "reader"
    WAITING = "waiting"
    FREE_CASE = "free_case"
    OVER = "over"


@dataclass(frozen=True)
class Seat:
    """Where an agent sits, and what he may do from there, in the order it is offered."""

    place: Place
    actions: tuple[str, ...] = ()

    @property
    def may_write(self) -> bool:
        """Whether what he writes reaches the user."""
        return self.place is Place.WRITER


def seat_of(handoff: Handoff, agent: Agent) -> Seat:
    """Find an agent's seat at a hand-off."""
    is_his = handoff.agent is not None and handoff.agent.id == agent.id
    if handoff.state in WAITING:
        return Seat(Place.WAITING, ("claim",) if handoff.state is State.QUEUED else ())
    if handoff.state in SERVED:
        return _writer(handoff.state) if is_his else _reader(agent)
    if handoff.state is State.CASE:
        if is_his:
            return Seat(Place.WRITER, ("resolve", "transfer"))
        return Seat(Place.FREE_CASE, ("take",)) if _is_free(handoff) else _reader(agent)
    return Seat(Place.OVER)


def _is_free(handoff: Handoff) -> bool:
    # An owner that was set by the command line is a name, not an agent.
    return handoff.agent is None and not (handoff.case and handoff.case.owner)


def _writer(state: State) -> Seat:
    pause = "resume" if state is State.ON_HOLD else "hold"
    return Seat(Place.WRITER, (pause, "return", "resolve", "transfer", "defer"))


def _reader(agent: Agent) -> Seat:
    return Seat(Place.READER, ("take_over",) if agent.may(Role.LEAD) else ())
