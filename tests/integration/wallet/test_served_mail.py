"""`wallet serve` sends its mail, and says at its start when it cannot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession

from tests.fakes.mail_server import HANG, MailServer
from tests.integration.wallet.wallet_process import WalletProcess
from wallet.storage.database import transaction
from wallet.storage.engine import open_engine
from wallet.storage.tables.support import outbox


@asynccontextmanager
async def serving(wallet: WalletProcess) -> AsyncIterator[None]:
    """Serve until the end of the block, which must be in order; the mail server goes on meanwhile."""
    await asyncio.to_thread(wallet.start)
    yield
    assert await asyncio.to_thread(wallet.stop) == 0


async def ask_for_a_reset(wallet: WalletProcess) -> None:
    async with ClientSession(wallet.url) as http:
        async with http.post("/v1/dev/demo-users", json={"scenario": "wang"}) as made:
            user_id = (await made.json())["user_id"]
        async with http.post("/v1/password-resets", json={"login": user_id}) as asked:
            assert asked.status == 202


async def test_a_reset_link_arrives_by_mail(wallet_process: WalletProcess) -> None:
    async with MailServer().serving() as server:
        wallet_process.environment["HOTLINE_WALLET_SMTP_URL"] = f"smtp://127.0.0.1:{server.port}?tls=none"
        async with serving(wallet_process):
            await ask_for_a_reset(wallet_process)
            await server.offer()
    (mail,) = server.mails
    link = next(line for line in mail.get_content().splitlines() if "token=" in line)
    assert link.startswith("http://127.0.0.1:5100/reset-password?token=")
    logged = wallet_process.logged()
    (sent,) = [line for line in logged if line["message"] == "message sent"]
    assert f"<{sent['reference']}@localhost>" == mail["Message-ID"]
    assert link.partition("token=")[2] not in json.dumps(logged)


async def test_a_wallet_whose_mail_server_hangs_stops_in_order_and_sends_after_the_next_start(
    wallet_process: WalletProcess,
) -> None:
    async with MailServer().serving() as server:
        server.answers = [HANG]
        wallet_process.environment["HOTLINE_WALLET_SMTP_URL"] = f"smtp://127.0.0.1:{server.port}?tls=none"
        async with serving(wallet_process):
            await ask_for_a_reset(wallet_process)
            await server.offer()
        assert server.mails == []
        await end_every_lease(wallet_process.environment["HOTLINE_WALLET_DATABASE_URL"])
        async with serving(wallet_process):
            await server.offer()
    assert len(server.mails) == 1


async def end_every_lease(database_url: str) -> None:
    """Two minutes are too long for a test."""
    engine = open_engine(database_url)
    async with transaction(engine, writes=True) as connection:
        await connection.execute(outbox.update().values(next_try_at=outbox.c.created_at))
    await engine.dispose()


async def test_a_wallet_that_cannot_send_mail_says_so_once_at_its_start(wallet_process: WalletProcess) -> None:
    wallet_process.environment["HOTLINE_ENVIRONMENT"] = "production"
    migrated = wallet_process.run("migrate")
    assert (migrated.returncode, migrated.stderr) == (0, "")
    async with serving(wallet_process):
        pass
    told = [line for line in wallet_process.logged() if "SMTP" in line["message"]]
    assert [(line["level"], line["message"]) for line in told] == [
        ("warning", "HOTLINE_WALLET_SMTP_URL is not set: no mail is sent")
    ]
