"""Faults and planned works: a channel is down from when they begin until somebody ends them."""

from __future__ import annotations

import pytest

from tests.integration.wallet.house import House
from tests.integration.wallet.operations import operate
from wallet.domain.errors import InvalidRequestError, NotFoundError

WORDS = ("--zh", "银行维护", "--en", "the bank maintains its systems")


async def incident_of(house: House, channel: str) -> str | None:
    channels = (await house.support("/topup-channels")).body["items"]
    (found,) = [each["incident"] for each in channels if each["code"] == channel]
    return found["id"] if found else None


async def test_works_that_are_planned_are_known_before_and_close_the_channel_when_they_begin(house: House) -> None:
    times = ("--since", "2026-03-12T14:00+08:00", "--until", "2026-03-12T16:00+08:00")
    line = await operate(house, "incident", "add", "bank_transfer", *WORDS, *times)
    incident = line.partition(":")[0]
    assert line == (
        f"{incident}: planned, bank_transfer, from 2026-03-12T14:00+08:00 until 2026-03-12T16:00+08:00: {WORDS[3]}"
    )
    (listed,) = (await house.support("/incidents")).body["items"]
    assert (listed["id"], listed["since"]) == (incident, "2026-03-12T06:00:00Z")
    assert await incident_of(house, "bank_transfer") is None
    user = await house.user()
    assert (await user.top_up("10")).body["status"] == "succeeded"
    house.clock.advance(hours=2.5)
    assert await incident_of(house, "bank_transfer") == incident
    again = await house.signed_in(user.user_id)
    assert (await again.top_up("10")).body["cause"] == "channel_down"
    assert await operate(house, "incident", "end", incident) == f"{incident}: ended"
    assert (await again.top_up("10")).body["status"] == "succeeded"


async def test_planned_works_on_everything_close_withdrawals_when_they_begin(house: House) -> None:
    await operate(house, "incident", "add", "everything", *WORDS, "--since", "2026-03-12T14:00+08:00")
    user = await house.user(balance="100")
    card_id = await user.bind_card()
    assert (await user.withdraw("10", card_id)).body["status"] == "succeeded"
    house.clock.advance(hours=3)
    again = await house.signed_in(user.user_id)
    assert (await again.withdraw("10", card_id)).body["cause"] == "channel_down"


async def test_what_is_open_and_what_is_planned_is_listed_in_lines(house: House) -> None:
    assert await operate(house, "incident", "list") == "nothing is out of order"
    await operate(house, "incident", "add", "bank_transfer", *WORDS)
    await operate(house, "incident", "add", "everything", *WORDS, "--since", "2026-03-13T02:00+08:00")
    planned, opened = (await operate(house, "incident", "list")).splitlines()
    assert ": planned, everything, from 2026-03-13T02:00+08:00: " in planned
    assert ": open, bank_transfer, from 2026-03-12T11:50+08:00: " in opened


async def test_an_incident_that_would_end_before_it_begins_is_refused(house: House) -> None:
    with pytest.raises(InvalidRequestError):
        await operate(house, "incident", "add", "everything", *WORDS, "--until", "2026-03-12T11:00+08:00")


async def test_an_incident_ends_once(house: House) -> None:
    incident = (await operate(house, "incident", "add", "bank_transfer", *WORDS)).partition(":")[0]
    await operate(house, "incident", "end", incident)
    with pytest.raises(NotFoundError):
        await operate(house, "incident", "end", incident)


async def test_a_time_without_its_zone_is_asked_for(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        await operate(house, "incident", "add", "everything", *WORDS, "--since", "2026-03-13T02:00")
    assert "a time needs its zone" in capsys.readouterr().err
