"""What the user takes back reaches the desk too, also later and out of turn."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from actions.gateway.desk_client import Standing
from actions.gateway.errors import ServiceAway
from actions.gateway.outbox import HandoffOutbox
from tests.fakes.desk import FakeDesk

FIRST, SECOND, THIRD = "WH-0001-0001", "WH-0002-0002", "WH-0003-0003"


def packet(number: str) -> dict[str, Any]:
    return {"number": number, "topic": "payment_failure", "last_words": "转人工 😀"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def outbox(folder: Path, desk: FakeDesk) -> HandoffOutbox:
    return HandoffOutbox(folder, desk, 60)


class SlowDesk(FakeDesk):
    """A desk whose answer to a packet waits until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def deliver(self, packet: dict[str, Any]) -> Standing:
        self.has_begun.set()
        await self.may_go_on.wait()
        return await super().deliver(packet)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def keep(outbox: HandoffOutbox, desk: FakeDesk, folder: Path, *numbers: str) -> None:
    """Send while the desk is away; each is a second older than the next."""
    desk.is_away = True
    for age, number in enumerate(reversed(numbers)):
        assert await outbox.send(packet(number)) is None
        os.utime(folder / f"{number}.json", (1_000_000 - age, 1_000_000 - age))
    desk.is_away = False


async def test_a_hand_off_that_is_taken_back_leaves_nothing_behind(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    assert await outbox.withdraw(FIRST)
    assert (desk.cancelled, names(folder)) == ([FIRST], [])


async def test_what_a_person_has_is_not_taken_back_and_not_tried_again(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    desk.has_them = True

    assert not await outbox.withdraw(FIRST)
    assert (desk.cancelled, names(folder)) == ([], [])


async def test_while_the_desk_is_away_it_is_taken_back_later_and_once(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    desk.is_away = True
    assert await outbox.withdraw(FIRST)
    assert names(folder) == [f"{FIRST}-withdrawn.json"]
    desk.is_away = False

    assert [await outbox.deliver_waiting(), await outbox.deliver_waiting()] == [1, 0]
    assert (desk.cancelled, names(folder)) == ([FIRST], [])


async def test_a_hand_off_that_never_reached_the_desk_is_delivered_before_it_is_taken_back(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    await keep(outbox, desk, folder, FIRST, SECOND)
    desk.is_away = True
    await outbox.withdraw(FIRST)
    desk.is_away = False

    assert await outbox.deliver_waiting() == 3
    assert (desk.delivered, desk.cancelled) == ([FIRST, SECOND], [FIRST])


async def test_taken_back_while_its_packet_is_on_the_way_it_is_taken_back_after_all(
    desk: FakeDesk, folder: Path
) -> None:
    slow = SlowDesk()
    outbox = HandoffOutbox(folder, slow, 60)
    sending = asyncio.create_task(outbox.send(packet(FIRST)))
    await slow.has_begun.wait()
    slow.is_away = True
    assert await outbox.withdraw(FIRST)
    slow.is_away = False
    slow.may_go_on.set()
    await sending
    await outbox.deliver_waiting()

    assert (slow.delivered, slow.cancelled, names(folder)) == ([FIRST], [FIRST], [])


async def test_a_refusal_of_the_bot_does_not_forget_what_is_to_be_taken_back(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    desk.refuses = {FIRST: 401}
    assert await outbox.withdraw(FIRST)
    with pytest.raises(ServiceAway):
        await outbox.deliver_waiting()
    desk.refuses = {}

    assert await outbox.deliver_waiting() == 1
    assert desk.cancelled == [FIRST]


async def test_taking_back_outlives_the_process(outbox: HandoffOutbox, desk: FakeDesk, folder: Path) -> None:
    desk.is_away = True
    await outbox.withdraw(FIRST)
    another_desk = FakeDesk()

    assert await HandoffOutbox(folder, another_desk, 60).deliver_waiting() == 1
    assert another_desk.cancelled == [FIRST]


async def test_what_cannot_be_remembered_is_not_taken_back(desk: FakeDesk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OSError):
        await HandoffOutbox(tmp_path / "file" / "outbox", desk, 60).withdraw(FIRST)
    assert desk.cancelled == []
