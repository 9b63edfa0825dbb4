"""What the agent who has a hand-off does with it, and what nobody else may."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.desk.agents.payloads import Role
from bot.desk.cases.payloads import State as CaseState
from bot.desk.errors import ConflictError, ForbiddenError, InvalidRequestError
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import AgentName, EventKind
from bot.desk.parts import Desk
from bot.handoff.states import State

NUMBER = "WH-7K3M-Q9TD"
Act = Callable[[Desk, AgentName], Awaitable[Any]]


def new_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture
async def li(desk: Desk, on_duty: Any, hand_over: Any) -> AgentName:
    """Li, who has claimed the hand-off."""
    li: AgentName = await on_duty("li")
    await hand_over()
    await service.claim(desk, NUMBER, li)
    return li


async def test_the_first_line_begins_the_talk(desk: Desk, li: AgentName, posted: Any, clock: Any) -> None:
    await service.write(desk, NUMBER, li, "Good morning", new_id())
    handoff = await service.find(desk, NUMBER)

    assert (handoff.state, handoff.answered_at) == (State.ACTIVE, clock.now)
    assert (await posted(NUMBER))[-1] == {"text": "Good morning", "agent": "Li"}


async def test_a_line_sent_again_under_its_id_goes_out_once(desk: Desk, li: AgentName, posted: Any) -> None:
    letter_id = new_id()
    for text in ("Good morning", "Good morning!"):
        await service.write(desk, NUMBER, li, text, letter_id)

    assert [letter["text"] for letter in await posted(NUMBER) if "text" in letter] == ["Good morning"]


async def test_an_id_of_another_handoffs_line_is_refused(desk: Desk, li: AgentName, hand_over: Any) -> None:
    await hand_over("WH-0000-0001")
    await service.claim(desk, "WH-0000-0001", li)
    letter_id = new_id()
    await service.write(desk, NUMBER, li, "one", letter_id)

    with pytest.raises(ConflictError):
        await service.write(desk, "WH-0000-0001", li, "two", letter_id)


@pytest.mark.parametrize(
    ("text", "letter_id", "field"),
    [
        ("", None, "text"),
        (" \n", None, "text"),
        ("x" * 4001, None, "text"),
        ("\0", None, "text"),
        ("hello", "no uuid", "id"),
    ],
)
async def test_a_line_that_cannot_be_sent_is_refused(
    desk: Desk, li: AgentName, text: str, letter_id: str | None, field: str
) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        await service.write(desk, NUMBER, li, text, letter_id or new_id())
    assert refused.value.details["field"] == field


async def test_every_change_is_told_and_kept_in_order(desk: Desk, li: AgentName, posted: Any) -> None:
    await service.write(desk, NUMBER, li, "hello", new_id())
    await service.hold(desk, NUMBER, li)
    await service.resume(desk, NUMBER, li)
    await service.write(desk, NUMBER, li, "done", new_id())
    handoff = await service.resolve(desk, NUMBER, li)

    assert (handoff.state, handoff.agent) == (State.RESOLVED, li)
    told = [letter.get("change") or letter["text"] for letter in await posted(NUMBER)]
    assert told == ["queue", "claim", "hello", "hold", "resume", "done", "resolve"]
    kinds = [event.kind.value for event in await service.history(desk, NUMBER)]
    assert kinds == ["received", "queue", "claim", "answer", "hold", "resume", "resolve"]


async def test_a_line_ends_a_hold(desk: Desk, li: AgentName) -> None:
    await service.hold(desk, NUMBER, li)
    await service.write(desk, NUMBER, li, "I found it", new_id())

    assert (await service.find(desk, NUMBER)).state is State.ACTIVE


async def test_given_back_it_ends_for_the_agent(desk: Desk, li: AgentName, clock: Any) -> None:
    handoff = await service.give_back(desk, NUMBER, li)

    assert (handoff.state, handoff.ended_at) == (State.RETURNED, clock.now)
    assert await service.of_agent(desk, li.id) == []
    assert [recent.packet.number for recent in await service.recent_of_agent(desk, li.id, 5)] == [NUMBER]


async def test_made_a_case_it_is_the_agents_to_follow_up(desk: Desk, li: AgentName, posted: Any) -> None:
    handoff = await service.defer(desk, NUMBER, li)

    assert (handoff.state, handoff.agent) == (State.CASE, li)
    assert handoff.case is not None
    assert (handoff.case.state, handoff.case.owner, handoff.case.why) == (CaseState.IN_PROGRESS, "Li", None)
    assert (await posted(NUMBER))[-1] == {
        "change": "defer",
        "due_at": "2026-03-01T16:31:00Z",
        "why": None,
        "opens_at": None,
    }


async def test_the_owner_of_a_case_answers_and_resolves_it(desk: Desk, li: AgentName, posted: Any) -> None:
    await service.defer(desk, NUMBER, li)
    await service.write(desk, NUMBER, li, "It is paid back", new_id())
    handoff = await service.resolve(desk, NUMBER, li)

    assert [letter.get("text") or letter["change"] for letter in (await posted(NUMBER))[-2:]] == [
        "It is paid back",
        "resolve",
    ]
    assert handoff.case is not None and handoff.case.state is CaseState.RESOLVED


ACTS: dict[str, Act] = {
    "write": lambda desk, agent: service.write(desk, NUMBER, agent, "hello", new_id()),
    "hold": lambda desk, agent: service.hold(desk, NUMBER, agent),
    "resume": lambda desk, agent: service.resume(desk, NUMBER, agent),
    "give back": lambda desk, agent: service.give_back(desk, NUMBER, agent),
    "resolve": lambda desk, agent: service.resolve(desk, NUMBER, agent),
    "defer": lambda desk, agent: service.defer(desk, NUMBER, agent),
    "transfer": lambda desk, agent: service.transfer(desk, NUMBER, agent, agent.id),
}


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_but_the_assignee_may(desk: Desk, li: AgentName, on_duty: Any, posted: Any, act: str) -> None:
    wang = await on_duty("wang")
    before = await posted(NUMBER)

    with pytest.raises(ForbiddenError) as refused:
        await ACTS[act](desk, wang)
    assert refused.value.details == {"text_name": "not_assignee", "agent": "Li"}
    assert await posted(NUMBER) == before


@pytest.mark.parametrize("act", ACTS)
async def test_nothing_more_is_done_with_what_has_ended(desk: Desk, li: AgentName, posted: Any, act: str) -> None:
    await service.resolve(desk, NUMBER, li)
    before = await posted(NUMBER)

    with pytest.raises(ConflictError) as refused:
        await ACTS[act](desk, li)
    assert refused.value.details == {"text_name": "not_possible_now", "state": "resolved"}
    assert await posted(NUMBER) == before


async def test_a_transfer_passes_it_to_a_colleague_on_duty_and_tells_him(
    desk: Desk, li: AgentName, on_duty: Any, posted: Any
) -> None:
    wang = await on_duty("wang")
    with desk.live.subscribe(f"agent:{wang.id}") as news:
        handoff = await service.transfer(desk, NUMBER, li, wang.id)

        assert news.get_nowait()[1] == {"text_name": "handoff_transferred", "number": NUMBER, "agent": "Li"}
    assert (handoff.state, handoff.agent) == (State.CLAIMED, wang)
    assert (await posted(NUMBER))[-1] == {"change": "transfer", "agent": "Wang"}
    with pytest.raises(ForbiddenError):
        await service.write(desk, NUMBER, li, "one thing more", new_id())


async def test_a_colleague_who_is_not_on_duty_gets_nothing(desk: Desk, li: AgentName, hire: Any) -> None:
    away = await hire("away")
    for agent_id in (away.id, 999):
        with pytest.raises(ConflictError) as refused:
            await service.transfer(desk, NUMBER, li, agent_id)
        assert refused.value.details["text_name"] == "not_on_duty"


async def test_a_lead_may_take_over_what_another_has(desk: Desk, li: AgentName, hire: Any) -> None:
    lead = await hire("meimei", Role.LEAD)
    with desk.live.subscribe(f"agent:{li.id}") as news:
        handoff = await service.transfer(desk, NUMBER, AgentName(lead.id, lead.display_name), lead.id)

        assert news.get_nowait()[1]["text_name"] == "handoff_taken_over"
    assert handoff.agent is not None and handoff.agent.id == lead.id


async def test_a_case_passes_to_a_colleague_who_is_not_on_duty(
    desk: Desk, li: AgentName, hire: Any, posted: Any
) -> None:
    wang = await hire("wang", display_name="Wang")
    await service.defer(desk, NUMBER, li)
    before = await posted(NUMBER)
    handoff = await service.transfer(desk, NUMBER, li, wang.id)

    assert handoff.case is not None
    assert (handoff.state, handoff.case.owner, await posted(NUMBER)) == (State.CASE, "Wang", before)


async def test_notes_and_tags_are_for_everybody_and_never_told_to_the_bot(
    desk: Desk, li: AgentName, on_duty: Any, posted: Any
) -> None:
    wang = await on_duty("wang")
    before = await posted(NUMBER)
    await service.note(desk, NUMBER, wang, "same user as yesterday")
    handoff = await service.set_tags(desk, NUMBER, wang, ["refund", " refund ", "VIP"])
    history = await service.history(desk, NUMBER)

    assert handoff.tags == ("refund", "VIP")
    assert [(event.kind, event.actor, event.text) for event in history[-2:]] == [
        (EventKind.NOTE, "Wang", "same user as yesterday"),
        (EventKind.TAGS, "Wang", "refund, VIP"),
    ]
    assert await posted(NUMBER) == before


@pytest.mark.parametrize("tags", [["x" * 31], [str(number) for number in range(11)], [""]])
async def test_tags_have_bounds(desk: Desk, li: AgentName, tags: list[str]) -> None:
    with pytest.raises(InvalidRequestError):
        await service.set_tags(desk, NUMBER, li, tags)


async def test_what_the_bot_has_not_taken_is_shown_in_order(desk: Desk, li: AgentName) -> None:
    await service.write(desk, NUMBER, li, "hello", new_id())
    letters = await service.undelivered(desk, NUMBER)

    assert [(letter.number, letter.change or letter.text) for letter in letters] == [
        (1, "queue"),
        (2, "claim"),
        (3, "hello"),
    ]
    assert (letters[2].agent, letters[2].refusal) == ("Li", None)


async def test_pages_are_told_of_every_change(desk: Desk, li: AgentName) -> None:
    with desk.live.subscribe("queue", f"handoff:{NUMBER}") as news:
        await service.hold(desk, NUMBER, li)
        told = [news.get_nowait() for _ in range(news.qsize())]

    assert told == [
        (f"handoff:{NUMBER}", {"news": "state", "state": "on_hold"}),
        ("queue", {"news": "state", "number": NUMBER, "state": "on_hold"}),
    ]
