"""What an agent does with a hand-off: who may, what it becomes, and that it is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries


async def state_of(visitor: Any, number: str) -> str:
    found = re.search(r'data-state="(\w+)"', (await visitor.get(f"/handoffs/{number}/head")).html)
    assert found
    return found[1]


@pytest.fixture
async def served(sign_in: Any, hand_over: Any) -> tuple[Any, str]:
    """An agent and a hand-off that he has taken and answered."""
    visitor, number = await sign_in(), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    await visitor.write(number, "Hello")
    return visitor, number


@pytest.mark.parametrize(
    ("change", "state", "deed"),
    [
        ("hold", "on_hold", Action.HOLD),
        ("return", "returned", Action.RETURN),
        ("resolve", "resolved", Action.RESOLVE),
        ("defer", "case", Action.DEFER),
    ],
)
async def test_the_one_who_has_it_changes_it_and_that_is_kept(
    served: tuple[Any, str], engine: AsyncEngine, change: str, state: str, deed: Action
) -> None:
    visitor, number = served
    assert f'data-role="{change}"' in (await visitor.get(f"/handoffs/{number}/head")).html
    assert (await visitor.post(f"/handoffs/{number}/change/{change}")).status == 204
    assert await state_of(visitor, number) == state
    kept = await list_entries(engine, EntryFilter(action=deed), 10)
    assert [(entry.agent_name, entry.subject) for entry in kept.items] == [("lilei", number)]


async def test_after_a_hold_it_goes_on(served: tuple[Any, str]) -> None:
    visitor, number = served
    await visitor.post(f"/handoffs/{number}/change/hold")
    head = (await visitor.get(f"/handoffs/{number}/head")).html
    assert 'data-role="resume"' in head
    assert 'data-role="hold"' not in head
    assert (await visitor.post(f"/handoffs/{number}/change/resume")).status == 204
    assert await state_of(visitor, number) == "active"


@pytest.mark.parametrize("change", ["hold", "resume", "return", "resolve", "defer"])
async def test_nobody_else_changes_it(served: tuple[Any, str], sign_in: Any, change: str) -> None:
    visitor, number = served
    other = await sign_in("wang", "Wang Fang")
    refused = await other.post(f"/handoffs/{number}/change/{change}")
    assert refused.status == 403
    assert "notice" in refused.html
    assert await state_of(visitor, number) == "active"


async def test_what_does_not_fit_the_state_is_refused_in_words(served: tuple[Any, str]) -> None:
    visitor, number = served
    refused = await visitor.post(f"/handoffs/{number}/change/resume")
    assert refused.status == 409
    assert "does not fit how it stands now" in refused.words


async def test_there_is_no_change_of_another_name(served: tuple[Any, str]) -> None:
    visitor, number = served
    assert (await visitor.post(f"/handoffs/{number}/change/delete")).status == 404


async def test_a_colleague_on_duty_gets_what_is_passed_on(served: tuple[Any, str], sign_in: Any) -> None:
    visitor, number = served
    other = await sign_in("wang", "Wang Fang")
    assert f'value="{other.agent.id}">Wang Fang' in (await visitor.get(f"/handoffs/{number}/head")).html
    assert (await visitor.post(f"/handoffs/{number}/transfer", to=str(other.agent.id))).status == 204
    assert 'data-role="composer"' in (await other.get(f"/handoffs/{number}/foot")).html
    assert "Wang Fang has this conversation" in (await visitor.get(f"/handoffs/{number}/foot")).words


async def test_it_is_not_passed_on_to_somebody_who_is_away_or_to_nobody(served: tuple[Any, str], sign_in: Any) -> None:
    visitor, number = served
    away = await sign_in("zhao", "Zhao Min", status="away")
    refused = await visitor.post(f"/handoffs/{number}/transfer", to=str(away.agent.id))
    assert refused.status == 409
    assert "not on duty" in refused.words
    assert (await visitor.post(f"/handoffs/{number}/transfer", to="")).status == 400
    assert await state_of(visitor, number) == "active"


async def test_what_is_over_offers_nothing_more(served: tuple[Any, str]) -> None:
    visitor, number = served
    await visitor.post(f"/handoffs/{number}/change/resolve")
    page = await visitor.get(f"/handoffs/{number}")
    assert "This hand-off is over" in page.words
    assert 'class="actions"' not in page.html
    assert 'data-role="composer"' not in page.html
    assert f'data-role="recent-row" data-number="{number}"' in (await visitor.get("/queue")).html
