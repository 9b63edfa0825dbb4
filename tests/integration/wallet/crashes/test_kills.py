"""The wallet is killed under load at moments it did not choose, started again, and nothing is half done.

``HOTLINE_TEST_KILLS`` says how often on each database; 10 unless it is set.
"""

from __future__ import annotations

import asyncio
import os
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.integration.wallet.house import DEBIT_CARD, House, cny
from tests.integration.wallet.races.course import faults_at
from tests.integration.wallet.wallet_process import WalletProcess

KILLS = int(os.environ.get("HOTLINE_TEST_KILLS", "10"))
PAYERS = 8
FEN = 100
OPENING = 1_000 * FEN


@dataclass
class Load:
    """A user's requests, each under a key of its own, and what was answered to which."""

    url: str
    token: str
    card_id: str
    http: ClientSession
    sent: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    answered: dict[str, Any] = field(default_factory=dict)

    async def send(self, key: str) -> None:
        """Send a request, or send it again."""
        path, body = self.sent[key]
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        async with self.http.post(f"{self.url}{path}", json=body, headers=headers) as response:
            assert response.status in (201, 503), await response.text()
            if response.status == 201:
                self.answered[key] = await response.json()

    async def run(self) -> None:
        """Pay, by card too, and top up until the wallet is gone."""
        while True:
            key = secrets.token_hex(8)
            paying = {"amount": cny("1"), "merchant": "蓝山咖啡"}
            self.sent[key] = random.choice(  # noqa: S311 - no secret
                [
                    ("/v1/payments", {**paying, "card_id": None}),
                    ("/v1/payments", {**paying, "card_id": self.card_id}),
                    ("/v1/topups", {"amount": cny("1"), "channel": "bank_transfer", "card_id": None}),
                ]
            )
            try:
                await self.send(key)
            except (ClientError, asyncio.TimeoutError):
                return

    async def get(self, path: str) -> Any:
        """What the user sees."""
        async with self.http.get(f"{self.url}{path}", headers={"Authorization": f"Bearer {self.token}"}) as response:
            assert response.status == 200, await response.text()
            return await response.json()


async def test_a_wallet_killed_under_load_leaves_nothing_half_done(
    house: House, victim: WalletProcess, record_property: Callable[[str, object], None]
) -> None:
    # The clock of the process is the real one, and so is that of the token.
    user_id = await house.open_user(level=3)
    requests = 0
    victim.start()
    async with ClientSession(timeout=ClientTimeout(total=60)) as http:
        load = await sign_in(http, victim.url, user_id)
        for _ in range(KILLS):
            before = dict(load.answered)
            load.sent.clear()
            running = [asyncio.ensure_future(load.run()) for _ in range(PAYERS)]
            await asyncio.sleep(random.uniform(0.05, 0.8))  # noqa: S311 - no secret
            victim.kill()
            await asyncio.gather(*running)
            victim.start()
            requests += len(load.sent)
            await check(load, house.settings.database_url, before)
    record_property("kills", KILLS)
    record_property("requests", requests)


async def sign_in(http: ClientSession, url: str, user_id: str) -> Load:
    body = {"login": user_id, "password": "a right password", "device": "手机"}
    async with http.post(f"{url}/v1/sessions", json=body) as response:
        token = (await response.json())["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    card = {"number": DEBIT_CARD, "expires": "2039-05", "phone": None}
    async with http.post(f"{url}/v1/cards", json=card, headers=headers) as response:
        card_id = (await response.json())["id"]
    load = Load(url, token, card_id, http)
    opening = {"amount": {"minor": OPENING, "currency": "CNY"}, "channel": "bank_transfer", "card_id": None}
    load.sent["opening"] = ("/v1/topups", opening)
    await load.send("opening")
    return load


async def check(load: Load, url: str, before: dict[str, Any]) -> None:
    """Books balanced; what was answered is so; what was not is made once by sending it again; the balance fits."""
    assert await faults_at(url) == []
    told = {key: answer for key, answer in load.answered.items() if key not in before}
    for key in load.sent:
        await load.send(key)
    for key, answer in told.items():
        assert load.answered[key]["id"] == answer["id"]
        assert answer["status"] in ("pending", load.answered[key]["status"])
    assert set(load.sent) <= set(load.answered)
    assert len({answer["id"] for answer in load.answered.values()}) == len(load.answered)
    assert await faults_at(url) == []
    assert (await load.get("/v1/me"))["balance"]["minor"] == sum(map(moved, load.answered.values()))


def moved(answer: dict[str, Any]) -> int:
    """By how much a movement changed the balance."""
    if answer["status"] != "succeeded":
        return 0
    amount = int(answer["amount"]["minor"])
    if "channel" in answer:
        return amount
    return 0 if answer["card"] else -amount
