"""The wallet is killed under load at moments it did not choose, started again, and nothing is half done.

``HOTLINE_TEST_KILLS`` says how often on each database; 10 unless it is set.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from aiohttp import ClientSession, ClientTimeout

from tests.integration.wallet.crashes.load import EARLIER, Load, moved
from tests.integration.wallet.house import DEBIT_CARD, House
from tests.integration.wallet.laws import OPEN, check_at
from tests.integration.wallet.laws import check as check_laws
from tests.integration.wallet.rows import Reader
from tests.integration.wallet.wallet_process import WalletProcess
from wallet.services.movements import query_issuer
from wallet.services.payments import payments_in
from wallet.services.refunds import SETTLED_AT_ONCE, settle_due_refunds
from wallet.services.topups import topups_in
from wallet.services.withdrawals import withdrawals_in

KILLS = int(os.environ.get("HOTLINE_TEST_KILLS", "10"))
PAYERS = 8
# Where what a bank has to answer is kept, and in which table.
PLACES: dict[Any, str] = {payments_in: "payments", topups_in: "topups", withdrawals_in: "withdrawals"}
FEN = 100
OPENING = 100_000 * FEN


async def test_a_wallet_killed_under_load_leaves_nothing_half_done(
    house: House, victim: WalletProcess, record_property: Callable[[str, object], None]
) -> None:
    # The clock of the process is the real one, and so is that of the token.
    user_id = await house.open_user(level=3)
    requests = 0
    victim.start()
    async with ClientSession(timeout=ClientTimeout(total=60)) as http:
        load = await sign_in(http, victim.url, user_id, await house.open_user(level=3))
        for _ in range(KILLS):
            before = dict(load.answered)
            load.sent.clear()
            load.refundable.clear()
            running = [asyncio.ensure_future(load.run()) for _ in range(PAYERS)]
            await asyncio.sleep(random.uniform(0.05, 0.8))  # noqa: S311 - no secret
            victim.kill()
            await asyncio.gather(*running)
            victim.start()
            requests += len(load.sent)
            await check(load, house.settings.database_url, before)
        await check_nothing_stays_open(house, user_id)
    record_property("kills", KILLS)
    record_property("requests", requests)


async def sign_in(http: ClientSession, url: str, user_id: str, recipient: str) -> Load:
    body = {"login": user_id, "password": "a right password", "device": "手机"}
    async with http.post(f"{url}/v1/sessions", json=body) as response:
        token = (await response.json())["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    card = {"number": DEBIT_CARD, "expires": "2039-05", "phone": None}
    async with http.post(f"{url}/v1/cards", json=card, headers=headers) as response:
        card_id = (await response.json())["id"]
    load = Load(url, token, card_id, recipient, http)
    opening = {"amount": {"minor": OPENING, "currency": "CNY"}, "channel": "bank_transfer", "card_id": None}
    load.sent["opening"] = ("/v1/topups", opening)
    await load.send("opening")
    return load


async def check(load: Load, url: str, before: dict[str, Any]) -> None:
    """Books balanced; what was answered is so; what was not is made once by sending it again; the balance fits."""
    await check_at(url)
    told = {key: answer for key, answer in load.answered.items() if key not in before}
    for key in load.sent:
        await load.send(key)
    # What was asked back is granted now, unless it was before; then asked about once more.
    for key in [key for key in load.sent if "payment_id" in load.answered[key]]:
        await load.decide(load.answered[key]["id"])
    for key in load.sent:
        await load.send(key)
    for key, answer in told.items():
        assert load.answered[key]["id"] == answer["id"]
        assert answer["status"] in EARLIER[load.answered[key]["status"]]
    assert set(load.sent) <= set(load.answered)
    assert len({answer["id"] for answer in load.answered.values()}) == len(load.answered)
    await check_at(url)
    assert (await load.get("/v1/me"))["balance"]["minor"] == sum(map(moved, load.answered.values()))


async def check_nothing_stays_open(house: House, user_id: str) -> None:
    """When its time is up, whatever a kill left open is settled by asking again, and due refunds reach their cards."""
    reader = Reader(house.settings.database_url)
    later = replace(house.stage.wallet, clock=lambda: datetime.now(timezone.utc) + timedelta(days=6))
    try:
        rows = reader.read()
        for places, table in PLACES.items():
            for row in getattr(rows, table):
                if row.status in OPEN:
                    await query_issuer(later, places, user_id, row.id)
        for _ in range(1 + len(rows.refunds) // SETTLED_AT_ONCE):
            await settle_due_refunds(later)
        rows = reader.read()
    finally:
        reader.close()
    assert not {row.status for row in (*rows.movements, *rows.refunds)} & {*OPEN, "requested", "approved"}
    check_laws(rows)
