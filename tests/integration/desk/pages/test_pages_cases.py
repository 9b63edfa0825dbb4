"""Cases: the list with its filters and pages, and answering one."""

from __future__ import annotations

import re
from typing import Any

import aiohttp

from bot.desk.agents.payloads import Role
from bot.store.messages import messages_after
from tests.integration.desk.conftest import TOKEN
from tests.integration.desk.conversing_bot import BotStore
from tests.integration.desk.pages.test_pages_messages import said_by_people


def numbers(html: str) -> list[str]:
    return re.findall(r'data-role="case-row" data-number="([^"]+)"', html)


async def test_what_comes_while_nobody_is_on_duty_is_an_open_case(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in(status="away")
    number = await hand_over(topic="payment_failure")
    page = await visitor.get("/cases")
    assert numbers(page.html) == [number]
    for words in ("Payment failed", "nobody yet", "Due", "Open"):
        assert words in page.words
    assert "nobody was on duty" in (await visitor.get(f"/cases/{number}")).words


async def test_an_empty_list_says_what_to_do(sign_in: Any) -> None:
    visitor = await sign_in(status="away")
    assert "Take one from the open cases" in (await visitor.get("/cases?show=mine")).words
    assert "There is no open case" in (await visitor.get("/cases")).words
    assert "There has not been a case yet" in (await visitor.get("/cases?show=all")).words


async def test_a_case_is_taken_answered_and_resolved(sign_in: Any, hand_over: Any, store: BotStore) -> None:
    visitor = await sign_in(status="away")
    number = await hand_over()
    page = await visitor.get(f"/cases/{number}")
    assert 'data-role="take"' in page.html
    assert (await visitor.post(f"/handoffs/{number}/take")).status == 204
    assert numbers((await visitor.get("/cases?show=mine")).html) == [number]
    assert "Li Lei" in (await visitor.get(f"/handoffs/{number}/standing")).words
    await visitor.write(number, "Here is your answer")
    assert await said_by_people(store, number, 1) == ["Here is your answer"]
    assert (await visitor.post(f"/handoffs/{number}/change/resolve")).status == 204
    assert numbers((await visitor.get("/cases?show=open")).html) == []
    assert numbers((await visitor.get("/cases?show=all")).html) == [number]


async def test_a_case_of_somebody_is_read_but_not_answered_by_others(
    sign_in: Any, hand_over: Any, store: BotStore
) -> None:
    visitor, other = await sign_in(status="away"), await sign_in("wang", "Wang Fang", status="away")
    number = await hand_over()
    await visitor.post(f"/handoffs/{number}/take")
    page = await other.get(f"/cases/{number}")
    assert "Li Lei has this case" in page.words
    refused = await other.post(f"/handoffs/{number}/take")
    assert refused.status == 409
    assert "Li Lei" in refused.words
    assert (await other.write(number, "not mine")).status == 403
    said = await messages_after(store.database, f"of-{number}")
    assert [message for message in said if message.author == "person"] == []


async def test_what_should_have_been_answered_is_marked(sign_in: Any, hand_over: Any, clock: Any) -> None:
    visitor = await sign_in(status="away")
    await hand_over()
    assert "Overdue" not in (await visitor.get("/cases")).words
    clock.move_on(minutes=9 * 60)
    page = await visitor.get("/cases")
    assert "Overdue" in page.words
    assert "is-overdue" in page.html


async def test_older_cases_are_on_the_next_page(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in(status="away")
    handed_over = [await hand_over(f"WH-0000-00{place:02}") for place in range(27)]
    page = await visitor.get("/cases")
    following = re.search(r'href="(/cases\?[^"]+)" data-role="older"', page.words)
    assert following
    older = await visitor.get(following[1])
    assert numbers(page.html) + numbers(older.html) == handed_over[::-1]
    assert 'data-role="older"' not in older.html
    assert 'data-role="newest"' in older.html


async def test_a_filter_or_a_page_that_does_not_exist_is_refused(sign_in: Any) -> None:
    visitor = await sign_in()
    assert (await visitor.get("/cases?show=theirs")).status == 400
    assert (await visitor.get("/cases?after=x")).status == 400


async def test_a_case_that_was_given_to_somebody_elsewhere_is_his_unless_a_lead_takes_it(
    sign_in: Any, hand_over: Any, desk: str, clock: Any
) -> None:
    visitor = await sign_in(status="away")
    lead = await sign_in("han", "Han Meimei", role=Role.LEAD, status="away")
    # A desk that has just started does not know yet that nobody is there.
    clock.move_on(minutes=2)
    number = await hand_over()
    async with aiohttp.ClientSession(desk, headers={"Authorization": f"Bearer {TOKEN}"}) as api:
        given = await api.patch(f"/v1/cases/{number}", json={"owner": "the bank's own desk"})
        assert given.status == 200
    refused = await visitor.post(f"/handoffs/{number}/take")
    assert refused.status == 409
    assert "the bank's own desk" in refused.words
    assert (await visitor.write(number, "not mine")).status == 403
    assert (await lead.post(f"/handoffs/{number}/take_over")).status == 204
    assert (await lead.write(number, "mine")).status == 200
