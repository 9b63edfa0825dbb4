"""Hand-offs wait on disk until the desk has them."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

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


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rights(folder: Path) -> int:
    return folder.stat().st_mode


def leave_unfinished(folder: Path) -> None:
    folder.mkdir()
    (folder / f"{FIRST}.part").write_text('{"number"', encoding="utf-8")


async def keep(outbox: HandoffOutbox, desk: FakeDesk, folder: Path, *numbers: str) -> None:
    """Send while the desk is away; each is a second older than the next."""
    desk.is_away = True
    for age, number in enumerate(reversed(numbers)):
        assert await outbox.send(packet(number)) is None
        os.utime(folder / f"{number}.json", (1_000_000 - age, 1_000_000 - age))
    desk.is_away = False


async def test_a_handoff_the_desk_takes_leaves_nothing_behind(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    standing = await outbox.send(packet(FIRST))

    assert standing is not None
    assert (standing.number, desk.delivered, names(folder)) == (FIRST, [FIRST], [])


async def test_a_handoff_is_kept_whole_while_the_desk_is_away(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    await keep(outbox, desk, folder, FIRST)

    assert names(folder) == [f"{FIRST}.json"]
    assert json.loads((folder / f"{FIRST}.json").read_text(encoding="utf-8")) == packet(FIRST)


async def test_what_is_kept_is_for_the_owner_alone(outbox: HandoffOutbox, desk: FakeDesk, folder: Path) -> None:
    await keep(outbox, desk, folder, FIRST)

    assert rights(folder) & 0o077 == 0


async def test_a_kept_handoff_is_delivered_later_and_once(outbox: HandoffOutbox, desk: FakeDesk, folder: Path) -> None:
    await keep(outbox, desk, folder, FIRST)

    assert await outbox.deliver_waiting() == 1
    assert await outbox.deliver_waiting() == 0
    assert (desk.delivered, names(folder)) == ([FIRST], [])


async def test_a_kept_handoff_outlives_the_process(outbox: HandoffOutbox, desk: FakeDesk, folder: Path) -> None:
    await keep(outbox, desk, folder, FIRST)
    another_desk = FakeDesk()

    assert await HandoffOutbox(folder, another_desk, 60).deliver_waiting() == 1
    assert another_desk.delivered == [FIRST]


async def test_the_oldest_is_delivered_first(outbox: HandoffOutbox, desk: FakeDesk, folder: Path) -> None:
    await keep(outbox, desk, folder, SECOND, THIRD, FIRST)
    await outbox.deliver_waiting()

    assert desk.delivered == [SECOND, THIRD, FIRST]


async def test_nothing_is_lost_while_the_desk_stays_away(outbox: HandoffOutbox, desk: FakeDesk, folder: Path) -> None:
    await keep(outbox, desk, folder, FIRST, SECOND)
    desk.is_away = True
    with pytest.raises(ServiceAway):
        await outbox.deliver_waiting()

    assert names(folder) == [f"{FIRST}.json", f"{SECOND}.json"]


@pytest.mark.parametrize("status", [400, 409, 413, 422])
async def test_a_refused_handoff_is_put_aside_and_the_others_go_on(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path, status: int
) -> None:
    await keep(outbox, desk, folder, FIRST, SECOND)
    desk.refuses = {FIRST: status}

    assert await outbox.deliver_waiting() == 1
    assert (desk.delivered, names(folder)) == ([SECOND], [f"{FIRST}.refused"])


@pytest.mark.parametrize("status", [401, 403, 404, 429])
async def test_a_refusal_that_is_not_about_the_handoff_keeps_it(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path, status: int
) -> None:
    await keep(outbox, desk, folder, FIRST)
    desk.refuses = {FIRST: status}
    with pytest.raises(ServiceAway):
        await outbox.deliver_waiting()
    desk.refuses = {}

    assert await outbox.deliver_waiting() == 1


async def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    await keep(outbox, desk, folder, FIRST, SECOND)
    (folder / f"{FIRST}.json").write_bytes(b'{"number": "WH-\xff')
    os.utime(folder / f"{FIRST}.json", (1, 1))

    assert await outbox.deliver_waiting() == 1
    assert (desk.delivered, names(folder)) == ([SECOND], [f"{FIRST}.refused"])


async def test_a_handoff_that_was_being_written_when_the_process_died_is_not_delivered(
    outbox: HandoffOutbox, desk: FakeDesk, folder: Path
) -> None:
    leave_unfinished(folder)

    assert await outbox.deliver_waiting() == 0


async def test_a_folder_that_cannot_be_written_is_an_error_and_nothing_is_promised(
    desk: FakeDesk, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OSError):
        await HandoffOutbox(tmp_path / "file" / "outbox", desk, 60).send(packet(FIRST))
    assert desk.delivered == []


async def test_an_empty_or_missing_folder_has_nothing_to_deliver(outbox: HandoffOutbox) -> None:
    assert await outbox.deliver_waiting() == 0


async def test_what_waits_is_delivered_in_the_background_once_the_desk_is_back(desk: FakeDesk, folder: Path) -> None:
    outbox = HandoffOutbox(folder, desk, 0.01)
    await keep(outbox, desk, folder, FIRST, SECOND)
    desk.is_away = True
    outbox.start()
    await asyncio.sleep(0.05)
    desk.is_away = False
    for _ in range(2):
        await asyncio.wait_for(desk.arrivals.get(), 10)
    await outbox.close()

    assert desk.delivered == [FIRST, SECOND]


async def test_an_outbox_that_was_never_started_closes(outbox: HandoffOutbox) -> None:
    await outbox.close()
