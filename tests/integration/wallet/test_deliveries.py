"""The outbox is emptied: everything at least once, nothing twice by two processes. On both databases."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from tests.fakes.mail_server import HANG, MailServer
from tests.integration.wallet.house import NOON, PASSWORD, TurnableClock
from wallet.background import Background
from wallet.couriers.mail import address_of
from wallet.couriers.smtp import SmtpCourier
from wallet.couriers.smtp_server import Encryption, SmtpServer
from wallet.domain.deliveries import LEASE, LONGEST_PAUSE, TRIES_ALLOWED, NotDelivered
from wallet.domain.messages import Medium, Message
from wallet.domain.password_resets import RESET_LIFETIME
from wallet.domain.users import User
from wallet.parts import Parts, create_parts
from wallet.services.accounts import open_account
from wallet.services.channel_links import Confirmation, ask_link, confirm_link, show_link
from wallet.services.deliveries import deliver_due, expire_messages
from wallet.services.messages import list_messages
from wallet.services.password_resets import request_reset
from wallet.services.retention import remove_old
from wallet.services.wallet import Wallet
from wallet.settings import Settings
from wallet.storage.database import transaction
from wallet.storage.tables.support import channel_links, outbox
from wallet.storage.tables.users import password_resets


@dataclass
class Carrier:
    """A courier that notes what it carried; ``refusals`` come first."""

    medium: Medium = Medium.EMAIL
    refusals: list[NotDelivered] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    under_way: Callable[[], Awaitable[None]] | None = None

    async def carry(self, message: Message) -> None:
        if self.under_way is not None:
            await self.under_way()
        if self.refusals:
            raise self.refusals.pop(0)
        self.carried.append(message.reference)


@dataclass(frozen=True)
class Post:
    """A wallet with an outbox, and another process on the same database."""

    parts: Parts
    other: Parts
    clock: TurnableClock

    @property
    def wallet(self) -> Wallet:
        return self.parts.stage.wallet

    async def write(self, count: int = 1) -> None:
        for _ in range(count):
            await request_reset(self.wallet, "owner")

    async def deliver(self, carrier: Carrier, keeps_text: bool = True) -> int:
        return await deliver_due(self.wallet, carrier, keeps_text=keeps_text)

    async def rows(self) -> list[Any]:
        async with transaction(self.parts.engine, writes=False) as connection:
            found: list[Any] = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
            return found

    async def counts(self) -> dict[str, int]:
        async with transaction(self.parts.engine, writes=False) as connection:
            return {
                table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in (outbox, password_resets, channel_links)
            }

    async def row(self) -> Any:
        (row,) = await self.rows()
        return row


@pytest.fixture
async def post(settings: Settings, clock: TurnableClock, hasher: PasswordHasher) -> AsyncIterator[Post]:
    post = Post(create_parts(settings, clock, hasher), create_parts(settings, clock, hasher), clock)
    user = User("owner", "13912345678", "owner@example.com", "陈", "zh", 2, False, True, True, None, None, NOON)
    await open_account(post.wallet, user, PASSWORD)
    try:
        yield post
    finally:
        await post.parts.database.close()
        await post.other.database.close()


def busy() -> NotDelivered:
    return NotDelivered("smtp 451 mail")


async def test_a_message_is_sent_once(post: Post) -> None:
    await post.write()
    carrier = Carrier()
    assert [await post.deliver(carrier), await post.deliver(carrier)] == [1, 0]
    row = await post.row()
    assert (row.state, row.tries, row.settled_at, row.failure) == ("sent", 1, NOON, None)
    assert carrier.carried == [row.reference]


async def test_a_courier_gets_only_what_travels_its_way(post: Post) -> None:
    await post.write()
    assert await post.deliver(Carrier(Medium.SMS)) == 0
    assert (await post.row()).state == "waiting"


async def test_a_message_that_is_not_taken_waits_longer_each_time(post: Post) -> None:
    await post.write()
    carrier = Carrier(refusals=[busy(), busy()])
    assert await post.deliver(carrier) == 1
    row = await post.row()
    assert (row.state, row.failure) == ("waiting", "smtp 451 mail")
    assert timedelta(seconds=5) <= row.next_try_at - NOON <= timedelta(seconds=10)
    assert await post.deliver(carrier) == 0
    post.clock.advance(seconds=10)
    assert await post.deliver(carrier) == 1
    assert timedelta(seconds=10) <= (await post.row()).next_try_at - post.clock() <= timedelta(seconds=20)
    post.clock.advance(seconds=20)
    await post.deliver(carrier)
    assert ((await post.row()).state, len(carrier.carried)) == ("sent", 1)


async def test_a_message_that_is_refused_for_good_has_failed_at_once(post: Post) -> None:
    await post.write()
    await post.deliver(Carrier(refusals=[NotDelivered("smtp 550 recipient", for_good=True)]))
    row = await post.row()
    assert (row.state, row.tries, row.failure) == ("failed", 1, "smtp 550 recipient")


async def test_a_message_is_given_up_after_so_many_tries(post: Post) -> None:
    await post.write()
    async with transaction(post.parts.engine, writes=True) as connection:
        await connection.execute(outbox.update().values(expires_at=NOON + timedelta(days=7)))
    carrier = Carrier(refusals=[busy() for _ in range(2 * TRIES_ALLOWED)])
    for _ in range(2 * TRIES_ALLOWED):
        await post.deliver(carrier)
        post.clock.now += LONGEST_PAUSE
    row = await post.row()
    assert (row.state, row.tries) == ("failed", TRIES_ALLOWED)


async def test_a_link_whose_time_is_up_is_not_sent_and_forgotten(post: Post) -> None:
    await post.write()
    carrier = Carrier()
    post.clock.now += RESET_LIFETIME
    assert await post.deliver(carrier) == 0
    await expire_messages(post.wallet, keeps_text=False)
    row = await post.row()
    assert (row.state, row.body, row.link, carrier.carried) == ("expired", "", None, [])


async def test_a_link_is_forgotten_once_sent_unless_the_mailbox_shows_it(post: Post) -> None:
    await post.write()
    await post.deliver(Carrier())
    assert "token=" in (await post.row()).body
    post.clock.advance(seconds=1)
    await post.write()
    await post.deliver(Carrier(), keeps_text=False)
    kept, forgotten = await post.rows()
    assert ("token=" in kept.link, forgotten.body, forgotten.link) == (True, "", None)


async def test_what_is_done_with_is_removed_after_a_month_and_nothing_else(post: Post) -> None:
    await post.write()
    await ask_link(post.wallet, "owner", "wechat", "writer")
    await post.deliver(Carrier())
    post.clock.advance(days=29)
    await post.write()
    await ask_link(post.wallet, "nobody", "wechat", "writer")
    post.clock.advance(hours=23)
    await remove_old(post.wallet)
    assert await post.counts() == {"outbox": 3, "password_resets": 2, "channel_links": 2}
    post.clock.advance(hours=2)
    await remove_old(post.wallet)
    assert await post.counts() == {"outbox": 1, "password_resets": 1, "channel_links": 1}
    assert (await post.row()).state == "waiting"


async def test_a_channel_link_is_confirmed_once_by_two_processes(post: Post) -> None:
    asked = await ask_link(post.wallet, "owner", "wechat", "writer")
    token = str((await post.row()).link).partition("token=")[2]
    wallets = [post.wallet, post.other.stage.wallet] * 3
    confirmed = await asyncio.gather(*(confirm_link(wallet, token, asked.number) for wallet in wallets))
    assert Counter(confirmed) == {Confirmation.DONE: 1, Confirmation.INVALID: 5}
    assert (await show_link(post.wallet, asked.id)).user_id == "owner"


async def test_two_processes_at_once_send_each_message_once(post: Post) -> None:
    await post.write(25)
    carrier = Carrier()

    async def empty(wallet: Wallet) -> None:
        while await deliver_due(wallet, carrier, keeps_text=True):
            pass

    await asyncio.gather(*(empty(parts.stage.wallet) for parts in (post.parts, post.other, post.parts, post.other)))
    assert sorted(carrier.carried) == sorted(row.reference for row in await post.rows())
    assert {(row.state, row.tries) for row in await post.rows()} == {("sent", 1)}


async def test_while_a_message_is_under_way_nothing_is_locked_and_nobody_else_takes_it(post: Post) -> None:
    await post.write()
    other = Carrier()

    async def look_meanwhile() -> None:
        assert await deliver_due(post.other.stage.wallet, other, keeps_text=True) == 0
        await asyncio.wait_for(request_reset(post.other.stage.wallet, "owner"), 30)

    carrier = Carrier(under_way=look_meanwhile)
    assert await post.deliver(carrier) == 1
    assert (len(carrier.carried), other.carried) == (1, [])


async def test_what_a_process_left_behind_is_sent_by_another_after_the_lease(post: Post) -> None:
    await post.write()

    async def end_of_the_process() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await post.deliver(Carrier(under_way=end_of_the_process))
    other = Carrier()
    assert await deliver_due(post.other.stage.wallet, other, keeps_text=True) == 0
    post.clock.now += LEASE
    assert await deliver_due(post.other.stage.wallet, other, keeps_text=True) == 1
    assert other.carried == [(await post.row()).reference]


async def test_a_message_that_ends_every_process_is_given_up_without_another_try(post: Post) -> None:
    await post.write()
    async with transaction(post.parts.engine, writes=True) as connection:
        await connection.execute(outbox.update().values(tries=TRIES_ALLOWED))
    carrier = Carrier()
    assert await post.deliver(carrier) == 1
    row = await post.row()
    assert (row.state, row.failure, carrier.carried) == ("failed", "too many tries", [])


async def test_a_late_refusal_does_not_undo_what_another_process_has_sent(post: Post) -> None:
    await post.write()

    async def lose_the_lease() -> None:
        post.clock.now += LEASE
        assert await deliver_due(post.other.stage.wallet, Carrier(), keeps_text=True) == 1

    await post.deliver(Carrier(under_way=lose_the_lease, refusals=[NotDelivered("smtp 550 mail", for_good=True)]))
    assert (await post.row()).state == "sent"


async def test_one_message_that_breaks_its_courier_holds_no_other_up(post: Post) -> None:
    await post.write(2)
    broken: list[bool] = []

    async def break_once() -> None:
        if not broken:
            broken.append(True)
            raise RuntimeError("a mistake of ours")

    with pytest.raises(RuntimeError):
        await post.deliver(Carrier(under_way=break_once))
    assert sorted(row.state for row in await post.rows()) == ["sent", "waiting"]


async def test_the_log_tells_of_each_try_and_nothing_private(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await post.write(2)
    await post.deliver(Carrier(refusals=[busy()]))
    lines = [record for record in caplog.records if record.name == "wallet.deliveries"]
    assert sorted(line.getMessage() for line in lines) == ["message not taken", "message sent"]
    (message, _) = await list_messages(post.wallet, "owner", 2)
    told = " ".join(str(vars(line)) for line in caplog.records)
    assert message.link is not None
    assert [word in told for word in ("owner@example.com", message.link, message.body)] == [False] * 3


async def test_in_the_background_mail_leaves_by_itself_and_the_end_waits_for_what_is_under_way(post: Post) -> None:
    await post.write()
    async with MailServer().serving() as server:
        courier = SmtpCourier(SmtpServer("127.0.0.1", server.port, Encryption.NONE), address_of("wallet@pay.example"))
        background = Background(post.wallet, [courier], keeps_text=True, delivery_seconds=0.02)
        background.start()
        await server.offer()
        await background.stop()
    assert ((await post.row()).state, len(server.mails)) == ("sent", 1)


async def test_a_server_that_hangs_does_not_keep_the_wallet_from_stopping(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallet.background.STOP_SECONDS", 0.2)
    await post.write()
    async with MailServer().serving() as server:
        server.answers = [HANG]
        courier = SmtpCourier(SmtpServer("127.0.0.1", server.port, Encryption.NONE), address_of("wallet@pay.example"))
        background = Background(post.wallet, [courier], keeps_text=True, delivery_seconds=0.02)
        background.start()
        await server.offer()
        await asyncio.wait_for(background.stop(), 30)
    assert (await post.row()).state == "waiting"
