"""The wallet under test: served over real HTTP, driven as its users and the support line drive it."""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from aiohttp import ClientSession
from argon2 import PasswordHasher
from sanic import Sanic

from tests.integration.wallet.described import assert_described
from wallet.app import create_app
from wallet.demo.catalogue import install_catalogue
from wallet.demo.stage import Stage
from wallet.domain.users import User
from wallet.services.accounts import open_account
from wallet.settings import Settings

PASSWORD = "a right password"
DEBIT_CARD = "6200010000070304"
CREDIT_CARD = "6200020000051188"
# Ten to noon in Shanghai, in the middle of a month: nothing resets unless a test waits for it.
NOON = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)


class TurnableClock:
    """A clock that stands still until it is turned."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        """Turn it forward."""
        self.now += timedelta(**span)


class TickingClock(TurnableClock):
    """A clock that never says the same twice, so that of two moments one is the first."""

    def __call__(self) -> datetime:
        self.advance(microseconds=1)
        return self.now


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any
    text: str

    @property
    def code(self) -> str:
        """The code of an error envelope, complete or not at all."""
        assert set(self.body) == {"code", "message", "details", "request_id"}
        assert self.body["request_id"] == self.headers["X-Request-ID"]
        return str(self.body["code"])


@dataclass(frozen=True)
class SignedIn:
    """A user with a token, as the app would call."""

    house: House
    user_id: str
    token: str

    async def get(self, path: str, **options: Any) -> Answer:
        """GET as this user."""
        return await self.house.call("GET", path, token=self.token, **options)

    async def post(self, path: str, body: Any = None, key: str | None = None) -> Answer:
        """POST as this user, under a new key unless one is given."""
        headers = {"Idempotency-Key": key or secrets.token_hex(8)}
        return await self.house.call("POST", path, token=self.token, json=body or {}, headers=headers)

    async def put(self, path: str, body: Any) -> Answer:
        """PUT as this user."""
        return await self.house.call("PUT", path, token=self.token, json=body)

    async def patch(self, path: str, body: Any) -> Answer:
        """PATCH as this user."""
        return await self.house.call("PATCH", path, token=self.token, json=body)

    async def delete(self, path: str, body: Any = None) -> Answer:
        """DELETE as this user."""
        return await self.house.call("DELETE", path, token=self.token, json=body)

    async def pay(self, yuan: str, card_id: str | None = None, key: str | None = None) -> Answer:
        """Pay a merchant."""
        body = {"amount": cny(yuan), "merchant": "蓝山咖啡", "card_id": card_id}
        return await self.post("/v1/payments", body, key)

    async def top_up(
        self, yuan: str, channel: str = "bank_transfer", card_id: str | None = None, key: str | None = None
    ) -> Answer:
        """Add money."""
        return await self.post("/v1/topups", {"amount": cny(yuan), "channel": channel, "card_id": card_id}, key)

    async def transfer(self, yuan: str, recipient: str, key: str | None = None) -> Answer:
        """Send money to another user."""
        return await self.post("/v1/transfers", {"amount": cny(yuan), "recipient": recipient}, key)

    async def withdraw(self, yuan: str, card_id: str, key: str | None = None) -> Answer:
        """Take money out, to a card."""
        return await self.post("/v1/withdrawals", {"amount": cny(yuan), "card_id": card_id}, key)

    async def ask_refund(
        self, payment_id: str, amount: str | None = None, reason: str = "not_received", key: str | None = None
    ) -> Answer:
        """Ask a payment back, all that is left of it unless an amount is given."""
        body = {"reason": reason, "amount": cny(amount) if amount else None}
        return await self.post(f"/v1/payments/{payment_id}/refunds", body, key)

    async def balance(self) -> int:
        """What is on the account, in fen."""
        return int((await self.get("/v1/me")).body["balance"]["minor"])

    async def bind_card(self, number: str = DEBIT_CARD, expires: str = "2029-05") -> str:
        """Bind a debit card and get its id."""
        answer = await self.post("/v1/cards", {"number": number, "expires": expires, "phone": None})
        assert answer.status == 201, answer.text
        return str(answer.body["id"])


@dataclass(frozen=True)
class House:
    """The running wallet, from outside over HTTP and, to prepare things, from inside."""

    url: str
    http: ClientSession
    stage: Stage
    clock: TurnableClock
    settings: Settings

    async def call(self, method: str, path: str, token: str | None = None, **options: Any) -> Answer:
        """One request."""
        headers = {**options.pop("headers", {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        async with self.http.request(method, f"{self.url}{path}", headers=headers, **options) as response:
            text = await response.text()
            body = await response.json() if response.content_type == "application/json" else None
            if self.settings.is_development or not path.startswith("/v1/dev/"):
                assert_described(method, path, response.status, response.content_type, body)
            return Answer(response.status, dict(response.headers), body, text)

    async def support(
        self,
        path: str,
        method: str = "GET",
        acting: str | None = None,
        token: str | None = None,
        body: Any = None,
    ) -> Answer:
        """One request of the support line, for a user if one is named."""
        headers = {"X-On-Behalf-Of": acting} if acting else {}
        return await self.call(
            method, f"/v1/support{path}", token=token or self.settings.support_token, headers=headers, json=body
        )

    async def open_user(self, level: int = 2, **changes: Any) -> str:
        """A new user, without signing in."""
        user_id = f"user-{secrets.token_hex(4)}"
        user = User(
            id=user_id,
            phone=f"139{secrets.randbelow(10**8):08d}",
            email=f"{user_id}@example.com",
            display_name="测试",
            language="zh",
            identity_level=level,
            two_factor=False,
            email_confirmed=True,
            phone_confirmed=True,
            frozen_at=None,
            closed_at=None,
            created_at=self.clock(),
        )
        await open_account(self.stage.wallet, User(**{**vars(user), **changes}), PASSWORD)
        return user_id

    async def sign_in(self, login: str, password: str = PASSWORD) -> Answer:
        """Try to sign in."""
        return await self.call("POST", "/v1/sessions", json={"login": login, "password": password, "device": "手机"})

    async def signed_in(self, user_id: str, password: str = PASSWORD) -> SignedIn:
        """A user who is signed in."""
        answer = await self.sign_in(user_id, password)
        assert answer.status == 201, answer.text
        return SignedIn(self, user_id, answer.body["access_token"])

    async def user(self, balance: str | None = None, level: int = 2) -> SignedIn:
        """A new user who is signed in, with money on the account if a balance is given."""
        user = await self.signed_in(await self.open_user(level))
        if balance is not None:
            assert (await user.top_up(balance)).body["status"] == "succeeded"
        return user

    async def demo_user(self, scenario: str) -> str:
        """A fresh user in the state of a demo user."""
        answer = await self.call("POST", "/v1/dev/demo-users", json={"scenario": scenario})
        assert answer.status == 201, answer.text
        return str(answer.body["user_id"])

    async def answer_refund(self, refund_id: str, rejection: str | None = None) -> Answer:
        """Decide as the merchant would."""
        return await self.call(
            "POST", "/v1/dev/refund-decisions", json={"refund_id": refund_id, "rejection": rejection}
        )

    async def messages_to(self, user_id: str) -> list[Any]:
        """Everything the wallet has told this user, the newest first."""
        outbox = await self.call("GET", f"/v1/dev/outbox?user_id={user_id}")
        return list(outbox.body["items"])

    async def mails_to(self, user_id: str) -> list[str]:
        """What the mails to this user are about, the newest first."""
        return [message["kind"] for message in await self.messages_to(user_id) if message["medium"] == "email"]

    async def reset_token(self, user_id: str) -> str:
        """The token of the link sent last."""
        link = next(sent["link"] for sent in await self.messages_to(user_id) if sent["kind"] == "password_reset")
        return str(link).partition("token=")[2]


# Starts a wallet with the settings given, for as long as the context lasts.
Start = Callable[..., AbstractAsyncContextManager[House]]


def cny(yuan: str) -> dict[str, Any]:
    """An amount as it goes over the wire."""
    whole, _, fen = yuan.partition(".")
    return {"minor": int(whole) * 100 + int(fen.ljust(2, "0") or 0), "currency": "CNY"}


@asynccontextmanager
async def serving(
    settings: Settings, clock: TurnableClock, hasher: PasswordHasher, catalogue: bool = True
) -> AsyncIterator[House]:
    """Serve on a free port for as long as the context lasts."""
    # The framework knows apps by name, and every test makes one of the same name.
    Sanic.test_mode = True
    app = create_app(settings, clock, hasher)
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    # Any, as the framework does not say what its server can do.
    server: Any = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.start_serving()
    try:
        async with ClientSession() as http:
            stage = Stage(app.ctx.api.wallet, app.ctx.api.wallet.issuer, app.ctx.api.wallet.register)
            if catalogue:
                await install_catalogue(stage)
            yield House(f"http://127.0.0.1:{sock.getsockname()[1]}", http, stage, clock, settings)
    finally:
        server.close()
        await server.wait_closed()
        await server.after_stop()
