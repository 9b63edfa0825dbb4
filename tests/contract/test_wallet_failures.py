"""What the wallet's client makes of a wallet that refuses, is away or is slow."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone

import pytest
from aiohttp import web

from actions.gateway.errors import Refused, ServiceAway, UnknownUser
from actions.gateway.http import JsonService
from actions.gateway.wallet_client import WalletClient
from tests.fakes.loopback import Loopback
from tests.stack.processes import Stack
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind

NOW = datetime.now(timezone.utc)
AMOUNT = Money(1000, "CNY")
OF_A_USER: dict[str, Callable[[WalletClient], Awaitable[object]]] = {
    "login_state": lambda wallet: wallet.login_state("nobody"),
    "payments": lambda wallet: wallet.payments("nobody", NOW),
    "topups": lambda wallet: wallet.topups("nobody", NOW),
    "limits": lambda wallet: wallet.limits("nobody"),
    "cards": lambda wallet: wallet.cards("nobody"),
    "security": lambda wallet: wallet.security("nobody"),
    "freeze_account": lambda wallet: wallet.freeze_account("nobody"),
    "freeze_card": lambda wallet: wallet.freeze_card("nobody", "card_1"),
    "send_password_reset": lambda wallet: wallet.send_password_reset("nobody", "email"),
}
OF_NOBODY: dict[str, Callable[[WalletClient], Awaitable[object]]] = {
    "topup_channels": lambda wallet: wallet.topup_channels(),
    "incidents": lambda wallet: wallet.incidents(),
    "quote_fee": lambda wallet: wallet.quote_fee(FeeKind.TOPUP, "bank_transfer", AMOUNT, None),
}


@pytest.mark.parametrize("method", OF_A_USER)
async def test_an_unknown_user_is_told_apart(wallet: WalletClient, method: str) -> None:
    with pytest.raises(UnknownUser):
        await OF_A_USER[method](wallet)


@pytest.mark.parametrize("user_id", ["../incidents", "a/b", "x?since=1", "%2e%2e", "陈", " "])
async def test_a_user_id_that_is_none_reaches_no_other_path(wallet: WalletClient, user_id: str) -> None:
    with pytest.raises((UnknownUser, Refused)):
        await wallet.limits(user_id)


@pytest.mark.parametrize("method", [*OF_A_USER, *OF_NOBODY])
async def test_a_wrong_token_is_refused_and_not_taken_for_an_outage(stack: Stack, method: str) -> None:
    service = JsonService(stack.url("wallet"), "no such token, but long enough to be one", 1, 20)
    with pytest.raises(Refused) as refusal:
        await {**OF_A_USER, **OF_NOBODY}[method](WalletClient(service))
    await service.close()
    assert refusal.value.status == 401


async def test_a_channel_that_is_none_is_refused(wallet: WalletClient) -> None:
    with pytest.raises(Refused) as refusal:
        await wallet.quote_fee(FeeKind.TOPUP, "no_such_channel", AMOUNT, None)
    assert refusal.value.status == 404


@pytest.mark.parametrize("method", [*OF_A_USER, *OF_NOBODY])
async def test_a_wallet_that_does_not_listen_is_away(method: str) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        service = JsonService(f"http://127.0.0.1:{unheard.getsockname()[1]}", "t", 1, 1)
        with pytest.raises(ServiceAway):
            await {**OF_A_USER, **OF_NOBODY}[method](WalletClient(service))
        await service.close()


async def test_a_wallet_that_answers_too_late_is_away() -> None:
    let_go = asyncio.Event()

    async def slowly(_request: web.Request) -> web.StreamResponse:
        await let_go.wait()
        return web.json_response({"items": []})

    async with Loopback(slowly) as server:
        service = JsonService(server.url, "t", 1, 0.2)
        with pytest.raises(ServiceAway):
            await WalletClient(service).incidents()
        let_go.set()
        await service.close()
