"""Incidents as the demo's page plans them, in development alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from tests.integration.wallet.house import House
from wallet.settings import Settings

INCIDENTS = "/v1/dev/incidents"
PLAN = {"channel": "apple_pay", "zh": "系统维护", "en": "maintenance"}


async def incident_on_channel(house: House) -> str | None:
    channels = (await (await house.user()).get("/v1/topup-channels")).body["items"]
    (found,) = [channel["incident"] for channel in channels if channel["code"] == PLAN["channel"]]
    return found["id"] if found else None


async def test_a_channel_is_out_of_order_until_the_incident_is_ended(house: House) -> None:
    planned = await house.call("POST", INCIDENTS, json={**PLAN, "expected_end": "2026-03-12T20:00:00+08:00"})
    assert (planned.status, planned.body["expected_end"]) == (201, "2026-03-12T12:00:00Z")
    assert (await house.call("GET", INCIDENTS)).body["items"] == [planned.body]
    assert await incident_on_channel(house) == planned.body["id"]
    assert (await house.call("DELETE", f"{INCIDENTS}/{planned.body['id']}")).body == {"status": "ended"}
    assert await incident_on_channel(house) is None
    assert (await house.call("DELETE", f"{INCIDENTS}/{planned.body['id']}")).code == "not_found"


async def test_works_that_are_planned_close_the_channel_when_they_begin(house: House) -> None:
    planned = (await house.call("POST", INCIDENTS, json={**PLAN, "since": "2026-03-12T04:00:00Z"})).body["id"]
    assert await incident_on_channel(house) is None
    house.clock.advance(minutes=15)
    assert await incident_on_channel(house) == planned


async def test_a_plan_that_makes_no_sense_is_refused(house: House) -> None:
    backwards = {**PLAN, "since": "2026-03-12T04:00:00Z", "expected_end": "2026-03-12T03:00:00Z"}
    assert (await house.call("POST", INCIDENTS, json=backwards)).code == "invalid_request"
    assert (await house.call("POST", INCIDENTS, json={**PLAN, "since": "tomorrow"})).code == "invalid_request"
    assert (await house.call("POST", INCIDENTS, json={**PLAN, "channel": "moon"})).code == "not_found"
    assert (await house.call("GET", INCIDENTS)).body["items"] == []


async def test_in_production_nobody_plans_any(
    settings: Settings, start: Callable[..., AbstractAsyncContextManager[House]]
) -> None:
    async with start(replace(settings, environment="production")) as house:
        assert (await house.call("POST", INCIDENTS, json=PLAN)).code == "not_found"
        assert (await house.call("GET", INCIDENTS)).code == "not_found"
