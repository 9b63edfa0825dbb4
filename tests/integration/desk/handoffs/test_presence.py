"""Who is on duty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.desk.agents.tables import agents
from bot.desk.database import writing
from bot.desk.parts import Desk
from bot.desk.presence.service import on_duty as agents_on_duty
from bot.desk.presence.service import set_status, status_of, touch


async def test_an_agent_is_away_until_he_says_otherwise(desk: Desk, hire: Any) -> None:
    li = await hire("li", display_name="Li Lei")
    await touch(desk, li.id)

    assert (await status_of(desk, li.id), await agents_on_duty(desk)) == ("away", [])
    await set_status(desk, li.id, "available")
    assert [agent.name for agent in await agents_on_duty(desk)] == ["Li Lei"]


async def test_an_agent_of_whom_nothing_is_heard_for_a_minute_is_not_on_duty(
    desk: Desk, on_duty: Any, clock: Any
) -> None:
    li = await on_duty("li")
    clock.now += timedelta(seconds=60)
    assert await agents_on_duty(desk) == [li]
    clock.now += timedelta(seconds=1)
    assert await agents_on_duty(desk) == []

    with desk.live.subscribe("queue") as news:
        await touch(desk, li.id)
        assert news.get_nowait() == ("queue", {"news": "presence"})
    assert await agents_on_duty(desk) == [li]


async def test_a_disabled_agent_is_not_on_duty(desk: Desk, on_duty: Any, clock: Any) -> None:
    li = await on_duty("li")
    async with writing(desk.engine) as connection:
        await connection.execute(update(agents).where(agents.c.id == li.id).values(disabled_at=clock.now))

    assert await agents_on_duty(desk) == []


async def test_there_is_no_third_status(desk: Desk, hire: Any) -> None:
    li = await hire("li")
    with pytest.raises(ValueError, match="asleep"):
        await set_status(desk, li.id, "asleep")
