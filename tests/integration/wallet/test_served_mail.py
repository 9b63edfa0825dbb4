"""`wallet serve` sends its mail, and says at its start when it cannot."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession

from tests.fakes.mail_server import HANG, MailServer
from tests.stack.processes import free_ports
from wallet.storage.database import transaction
from wallet.storage.engine import open_engine
from wallet.storage.tables.support import outbox

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (port,) = free_ports(1)
    return {
        "PATH": os.environ["PATH"],
        "HOTLINE_SECRETS_FILE": str(tmp_path / "absent"),
        "HOTLINE_WALLET_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/wallet.sqlite",
        "HOTLINE_WALLET_PORT": str(port),
        "HOTLINE_WALLET_TOKEN_SECRET": secrets.token_hex(24),
        "HOTLINE_USER_TOKEN_SECRET": secrets.token_hex(24),
        "HOTLINE_WALLET_SUPPORT_TOKEN": secrets.token_hex(24),
    }


class Served:
    """A wallet in a process of its own; its log is there once it has ended."""

    def __init__(self, port: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log: list[dict[str, Any]] = []
        self.return_code: int | None = None

    async def ask_for_a_reset(self) -> None:
        async with ClientSession() as http:
            async with http.post(f"{self.url}/v1/dev/demo-users", json={"scenario": "wang"}) as made:
                user_id = (await made.json())["user_id"]
            async with http.post(f"{self.url}/v1/password-resets", json={"login": user_id}) as asked:
                assert asked.status == 202


async def command(name: str, environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "wallet", name], cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )


@asynccontextmanager
async def serving(environment: dict[str, str]) -> AsyncIterator[Served]:
    process, served = await command("serve", environment), Served(environment["HOTLINE_WALLET_PORT"])
    try:
        async with ClientSession() as http:
            while process.returncode is None:
                try:
                    async with http.get(f"{served.url}/health"):
                        break
                except ClientConnectionError:
                    await asyncio.sleep(0.1)
        yield served
    finally:
        process.terminate()
        _, log = await process.communicate()
        served.log += [json.loads(line) for line in log.decode().splitlines()]
        served.return_code = process.returncode


async def test_a_reset_link_arrives_by_mail(environment: dict[str, str]) -> None:
    async with MailServer().serving() as server:
        environment["HOTLINE_WALLET_SMTP_URL"] = f"smtp://127.0.0.1:{server.port}?tls=none"
        async with serving(environment) as served:
            await served.ask_for_a_reset()
            await asyncio.wait_for(server.offered.wait(), 30)
    (mail,) = server.mails
    link = next(line for line in mail.get_content().splitlines() if "token=" in line)
    assert link.startswith("http://127.0.0.1:5100/reset-password?token=")
    (sent,) = [line for line in served.log if line["message"] == "message sent"]
    assert f"<{sent['reference']}@localhost>" == mail["Message-ID"]
    assert link.partition("token=")[2] not in json.dumps(served.log)


async def test_a_wallet_whose_mail_server_hangs_stops_in_order_and_sends_after_the_next_start(
    environment: dict[str, str],
) -> None:
    async with MailServer().serving() as server:
        server.answers = [HANG]
        environment["HOTLINE_WALLET_SMTP_URL"] = f"smtp://127.0.0.1:{server.port}?tls=none"
        async with serving(environment) as served:
            await served.ask_for_a_reset()
            await asyncio.wait_for(server.offered.wait(), 30)
        assert (served.return_code, server.mails) == (0, [])
        await end_every_lease(environment["HOTLINE_WALLET_DATABASE_URL"])
        server.offered.clear()
        async with serving(environment):
            await asyncio.wait_for(server.offered.wait(), 30)
    assert len(server.mails) == 1


async def end_every_lease(database_url: str) -> None:
    """Two minutes are too long for a test."""
    engine = open_engine(database_url)
    async with transaction(engine, writes=True) as connection:
        await connection.execute(outbox.update().values(next_try_at=outbox.c.created_at))
    await engine.dispose()


async def test_a_wallet_that_cannot_send_mail_says_so_once_at_its_start(environment: dict[str, str]) -> None:
    environment["HOTLINE_ENVIRONMENT"] = "production"
    migrated = await command("migrate", environment)
    _, log = await migrated.communicate()
    assert (migrated.returncode, log) == (0, b"")
    async with serving(environment) as served:
        pass
    told = [line for line in served.log if "SMTP" in line["message"]]
    assert [(line["level"], line["message"]) for line in told] == [
        ("warning", "HOTLINE_WALLET_SMTP_URL is not set: no mail is sent")
    ]
