"""What becomes of a hand-off when it arrives, and when it is asked for again or taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.desk.cases.payloads import State as CaseState
from bot.desk.errors import ConflictError, NotFoundError
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import EventKind, Why
from bot.desk.handoffs.requests import read_packet
from bot.desk.hours.hours import Hours, Period
from bot.desk.parts import Desk
from bot.handoff.states import State

NUMBER = "WH-7K3M-Q9TD"
LATER = "2026-03-01T09:00:00Z"


class Nights:
    """Service from 20:00 to midnight UTC, which the desk's clock has not reached."""

    def periods(self, day: date) -> tuple[Period, ...]:
        return (Period(20 * 60, 24 * 60),)


async def test_with_somebody_on_duty_a_handoff_waits_in_the_queue(on_duty: Any, hand_over: Any, posted: Any) -> None:
    await on_duty("li")
    standing = await hand_over()

    assert (standing.state, standing.position, standing.wait, standing.due_at) == (State.QUEUED, 1, None, None)
    assert await posted(NUMBER) == [{"change": "queue", "position": 1, "wait": None}]


async def test_with_nobody_on_duty_it_becomes_a_case_with_a_promise(
    desk: Desk, hand_over: Any, posted: Any, clock: Any
) -> None:
    standing = await hand_over()
    handoff = await service.find(desk, NUMBER)

    assert (standing.state, standing.why, standing.opens_at) == (State.CASE, Why.NOBODY, None)
    assert standing.due_at == clock.now + timedelta(hours=8)
    assert handoff.case is not None and handoff.case.state is CaseState.OPEN
    assert await posted(NUMBER) == [
        {"change": "defer", "due_at": "2026-03-01T16:31:00Z", "why": "nobody", "opens_at": None}
    ]


async def test_outside_the_hours_of_service_it_becomes_a_case_that_tells_when_it_opens(
    with_hours: Any, packet: Any, on_duty: Any
) -> None:
    desk = with_hours(Hours(Nights(), timezone.utc))
    await on_duty("li")
    standing, _ = await service.take_in(desk, read_packet(packet()))

    assert (standing.state, standing.why) == (State.CASE, Why.CLOSED)
    assert standing.opens_at == datetime(2026, 3, 1, 20, tzinfo=timezone.utc)
    assert standing.due_at == datetime(2026, 3, 3, 0, tzinfo=timezone.utc)


async def test_fraud_is_promised_an_answer_within_the_hour(hand_over: Any, clock: Any) -> None:
    assert (await hand_over(reason="fraud")).due_at == clock.now + timedelta(hours=1)


async def test_delivered_again_it_stands_as_before_and_nothing_more_is_told(
    on_duty: Any, hand_over: Any, posted: Any
) -> None:
    await on_duty("li")
    first = await hand_over()

    assert await hand_over(last_words="something else") == first
    assert len(await posted(NUMBER)) == 1


async def test_a_number_of_another_conversation_is_refused(hand_over: Any) -> None:
    await hand_over()
    with pytest.raises(ConflictError):
        await hand_over(conversation_id="another")


async def test_a_case_asked_for_again_while_somebody_is_on_duty_is_queued_with_the_new_words(
    desk: Desk, on_duty: Any, hand_over: Any, posted: Any
) -> None:
    await hand_over()
    await on_duty("li")
    standing = await hand_over(requested_at=LATER, last_words="is anybody there?")
    handoff = await service.find(desk, NUMBER)

    assert (standing.state, standing.position) == (State.QUEUED, 1)
    assert handoff.packet.last_words == "is anybody there?"
    assert [letter["change"] for letter in await posted(NUMBER)] == ["defer", "queue"]
    assert handoff.case is not None and handoff.case.state is CaseState.OPEN


async def test_asked_for_again_with_nobody_on_duty_it_stays_a_case_and_keeps_its_promise(
    hand_over: Any, clock: Any
) -> None:
    before = await hand_over()
    clock.move_on(minutes=60)
    again = await hand_over(requested_at=LATER)

    assert (again.state, again.due_at) == (State.CASE, before.due_at)


async def test_the_live_answer_to_a_case_resolves_the_case_too(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    await hand_over()
    li = await on_duty("li")
    await hand_over(requested_at=LATER)
    await service.claim(desk, NUMBER, li)
    handoff = await service.resolve(desk, NUMBER, li)

    assert handoff.state is State.RESOLVED
    assert handoff.case is not None and handoff.case.state is CaseState.RESOLVED


async def test_who_asks_anew_under_another_number_waits_once(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    await on_duty("li")
    await hand_over("WH-0000-0001", conversation_id="same")
    await hand_over("WH-0000-0002", conversation_id="same")

    assert [handoff.packet.number for handoff in await service.waiting(desk)] == ["WH-0000-0002"]
    assert (await service.find(desk, "WH-0000-0001")).state is State.CANCELLED


async def test_a_packet_that_comes_after_a_later_one_takes_nothing_away(
    desk: Desk, on_duty: Any, hand_over: Any
) -> None:
    await on_duty("li")
    await hand_over("WH-0000-0002", conversation_id="same", requested_at=LATER)
    late = await hand_over("WH-0000-0001", conversation_id="same")

    assert late.state is State.CANCELLED
    assert [handoff.packet.number for handoff in await service.waiting(desk)] == ["WH-0000-0002"]


async def test_fraud_that_comes_out_in_the_queue_goes_to_its_front(
    desk: Desk, on_duty: Any, hand_over: Any, posted: Any
) -> None:
    await on_duty("li")
    await hand_over("WH-0000-0001")
    await hand_over()
    standing = await hand_over(requested_at=LATER, reason="fraud")

    assert (standing.state, standing.position) == (State.QUEUED, 1)
    assert (await service.find(desk, NUMBER)).packet.is_fraud
    assert [letter["position"] for letter in await posted("WH-0000-0001")] == [1, 2]


async def test_a_desk_that_has_just_started_waits_for_its_people(
    desk: Desk, on_duty: Any, packet: Callable[..., dict[str, Any]], clock: Any
) -> None:
    await on_duty("li")
    clock.move_on(minutes=10)
    desk = replace(desk, started_at=clock())
    at_once, _ = await service.take_in(desk, read_packet(packet(NUMBER)))
    clock.move_on(minutes=1)
    later, _ = await service.take_in(desk, read_packet(packet("WH-0000-0002", conversation_id="another")))

    assert (at_once.state, later.state) == (State.QUEUED, State.CASE)


async def test_a_desk_that_has_just_started_waits_for_nobody_who_was_not_there(
    desk: Desk, packet: Callable[..., dict[str, Any]], clock: Any
) -> None:
    desk = replace(desk, started_at=clock())
    standing, _ = await service.take_in(desk, read_packet(packet(NUMBER)))

    assert standing.state is State.CASE


async def test_a_promise_that_is_over_is_made_anew(hand_over: Any, clock: Any) -> None:
    before = await hand_over()
    clock.move_on(minutes=9 * 60)
    again = await hand_over(requested_at=LATER)

    assert again.due_at > clock() > before.due_at


async def test_a_handoff_that_waits_can_be_taken_back_and_once_more(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    await on_duty("li")
    await hand_over()

    for _ in range(2):
        assert (await service.cancel(desk, NUMBER)).state is State.CANCELLED
    assert [event.kind for event in await service.history(desk, NUMBER)].count(EventKind.CANCEL) == 1
    assert await service.waiting(desk) == []


async def test_a_case_taken_back_is_closed_and_its_owner_told(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    await hand_over()
    li = await on_duty("li")
    await service.take(desk, NUMBER, li)
    with desk.live.subscribe(f"agent:{li.id}") as news:
        await service.cancel(desk, NUMBER)

        assert news.get_nowait() == (f"agent:{li.id}", {"text_name": "handoff_cancelled", "number": NUMBER})
    case = (await service.find(desk, NUMBER)).case
    assert case is not None and case.state is CaseState.RESOLVED


async def test_a_handoff_that_a_person_has_is_not_taken_back(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    li = await on_duty("li")
    await hand_over()
    await service.claim(desk, NUMBER, li)

    with pytest.raises(ConflictError) as refused:
        await service.cancel(desk, NUMBER)
    assert refused.value.details == {"state": "claimed"}


async def test_what_the_desk_never_had_is_not_found(desk: Desk) -> None:
    for ask in (service.tell_standing, service.cancel, service.find):
        with pytest.raises(NotFoundError):
            await ask(desk, NUMBER)  # type: ignore[operator]
