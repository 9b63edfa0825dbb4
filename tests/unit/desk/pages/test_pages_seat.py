"""Where an agent sits at a hand-off, and what a list shows of a conversation."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.handoffs.payloads import AgentName, Handoff
from bot.desk.handoffs.requests import read_packet
from bot.desk.pages.seat import Place, Seat, seat_of
from bot.desk.pages.transcript import LastWords, Line, change_lines, last_words
from bot.handoff.states import Change, State
from bot.store.handoffs import HandoffChange

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=timezone.utc)
MINE, OTHERS = AgentName(1, "Li Lei"), AgentName(2, "Wang Fang")
SERVED = ("return", "resolve", "transfer", "defer")


def agent(role: Role = Role.AGENT) -> Agent:
    return Agent(1, "lilei", "Li Lei", role, Language.EN, False, NOW, None)


def handoff(packet: dict[str, Any], state: State, holder: AgentName | None) -> Handoff:
    known = {"packet": read_packet(packet), "state": state, "agent": holder, "case": None}
    return Handoff(**{**{field.name: None for field in fields(Handoff)}, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "holder", "seat"),
    [
        (State.QUEUED, None, Seat(Place.WAITING, ("claim",))),
        (State.CLAIMED, MINE, Seat(Place.WRITER, ("hold", *SERVED))),
        (State.ACTIVE, MINE, Seat(Place.WRITER, ("hold", *SERVED))),
        (State.ON_HOLD, MINE, Seat(Place.WRITER, ("resume", *SERVED))),
        (State.ACTIVE, OTHERS, Seat(Place.READER)),
        (State.CASE, None, Seat(Place.FREE_CASE, ("take",))),
        (State.CASE, MINE, Seat(Place.WRITER, ("resolve", "transfer"))),
        (State.CASE, OTHERS, Seat(Place.READER)),
        (State.RESOLVED, MINE, Seat(Place.OVER)),
        (State.RETURNED, MINE, Seat(Place.OVER)),
        (State.CANCELLED, MINE, Seat(Place.OVER)),
    ],
)
def test_state_and_holder_decide_what_an_agent_may_do(
    packet: dict[str, Any], state: State, holder: AgentName | None, seat: Seat
) -> None:
    assert seat_of(handoff(packet, state, holder), agent()) == seat


@pytest.mark.parametrize("state", [State.ACTIVE, State.CASE])
@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_a_lead_may_take_over(packet: dict[str, Any], state: State, role: Role) -> None:
    assert seat_of(handoff(packet, state, OTHERS), agent(role)) == Seat(Place.READER, ("take_over",))


def line(seq: int, author: str) -> Line:
    return Line(seq, NOW + timedelta(minutes=seq), author, f"line {seq}")


def test_a_user_waits_since_the_first_line_that_nobody_answered() -> None:
    lines = [line(1, "user"), line(2, "person"), line(3, "user"), line(4, "user")]
    assert last_words(lines) == LastWords(lines[3], NOW + timedelta(minutes=3), 4)
    assert last_words(lines[:2]) == LastWords(lines[1], None, 1)
    assert last_words([]) == LastWords()


def test_a_place_in_the_queue_an_answer_and_what_nobody_knows_are_no_lines() -> None:
    standings = [{"change": name} for name in ("queue", "move", "answer", "unheard_of")] + [{}]
    changes = [HandoffChange(seq, 0.0, standing) for seq, standing in enumerate(standings)]
    assert [each.change for each in change_lines(changes)] == [Change.QUEUE]
