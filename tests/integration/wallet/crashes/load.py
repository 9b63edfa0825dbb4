"""A user in a hurry: requests of every kind that moves money, each under a key of its own, and what was answered."""

from __future__ import annotations

import asyncio
import random
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.integration.wallet.house import cny

# How a movement or a refund may have stood when it was told, by how it stands now.
EARLIER = {
    "pending": {"pending"},
    "declined": {"pending", "declined"},
    "succeeded": {"pending", "requested", "succeeded"},
    "refunded": {"pending", "succeeded", "refunded"},
    "requested": {"requested"},
    "approved": {"requested", "approved"},
}
ONE = cny("1")


@dataclass
class Load:
    """A user's requests and their answers by key; ``refundable`` are the payments not asked back yet."""

    url: str
    token: str
    card_id: str
    recipient: str
    http: ClientSession
    sent: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    answered: dict[str, Any] = field(default_factory=dict)
    refundable: list[str] = field(default_factory=list)

    async def send(self, key: str) -> None:
        """Send a request, or send it again."""
        path, body = self.sent[key]
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        async with self.http.post(f"{self.url}{path}", json=body, headers=headers) as response:
            assert response.status in (201, 503), await response.text()
            if response.status == 201:
                self.answered[key] = await response.json()

    async def run(self) -> None:
        """Move money in every way until the wallet is gone."""
        while True:
            key = secrets.token_hex(8)
            self.sent[key] = self._anything()
            try:
                await self.send(key)
                await self._go_on(self.answered.get(key, {}))
            except (ClientError, asyncio.TimeoutError):
                return

    async def decide(self, refund_id: str) -> None:
        """Grant a refund as its merchant, who may have done so already."""
        body = {"refund_id": refund_id, "rejection": None}
        async with self.http.post(f"{self.url}/v1/dev/refund-decisions", json=body) as response:
            assert response.status in (200, 409, 503), await response.text()

    async def get(self, path: str) -> Any:
        """What the user sees."""
        async with self.http.get(f"{self.url}{path}", headers={"Authorization": f"Bearer {self.token}"}) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    def _anything(self) -> tuple[str, dict[str, Any]]:
        paying = {"amount": ONE, "merchant": "蓝山咖啡"}
        orders = [
            ("/v1/payments", {**paying, "card_id": None}),
            ("/v1/payments", {**paying, "card_id": self.card_id}),
            ("/v1/topups", {"amount": ONE, "channel": "bank_transfer", "card_id": None}),
            ("/v1/topups", {"amount": ONE, "channel": "bank_card_debit", "card_id": self.card_id}),
            ("/v1/transfers", {"amount": ONE, "recipient": self.recipient}),
            ("/v1/withdrawals", {"amount": ONE, "card_id": self.card_id}),
        ]
        if self.refundable:
            back = {"reason": "not_received", "amount": None}
            orders += [(f"/v1/payments/{self.refundable[0]}/refunds", back)] * 2
        chosen = random.choice(orders)  # noqa: S311 - no secret
        if chosen[0].endswith("/refunds"):
            self.refundable.pop(0)
        return chosen

    async def _go_on(self, answer: dict[str, Any]) -> None:
        if "payment_id" in answer:
            await self.decide(answer["id"])
        elif "merchant" in answer and answer["status"] == "succeeded":
            self.refundable.append(answer["id"])


def moved(answer: dict[str, Any]) -> int:
    """By how much a movement or a refund changed the balance."""
    amount, status = int(answer["amount"]["minor"]), answer["status"]
    if "payment_id" in answer:
        return amount if status == "succeeded" and not answer["card"] else 0
    if answer.get("kind") == "withdrawal":
        return -amount if status in ("pending", "succeeded") else 0
    if status not in ("succeeded", "refunded"):
        return 0
    if "channel" in answer:
        return amount
    return 0 if answer.get("card") else -amount
