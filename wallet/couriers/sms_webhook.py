"""Hands text messages to a webhook of whoever sends them on.

``POST {"id", "to", "text", "kind"}``. ``X-Hotline-Signature`` is ``v1=`` and the HMAC-SHA256, in hexadecimal digits,
of the header ``X-Hotline-Timestamp`` (seconds since 1970), a full stop and the body as it was sent.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json

from aiohttp import ClientError, ClientSession, ClientTimeout

from wallet.domain.calendar_days import Clock
from wallet.domain.deliveries import TRY_TIME, NotDelivered
from wallet.domain.messages import Medium, Message

TIMESTAMP, SIGNATURE = "X-Hotline-Timestamp", "X-Hotline-Signature"
# What speaks of this one message. Any other refusal may be over when the webhook is put right.
_REFUSED_FOR_GOOD = frozenset({400, 410, 413, 415, 422})


class SmsWebhook:
    """Text messages."""

    medium = Medium.SMS

    def __init__(self, url: str, secret: str, clock: Clock, *, seconds: float = TRY_TIME.total_seconds()) -> None:
        self._url, self._secret, self._clock = url, secret.encode(), clock
        self._timeout = ClientTimeout(total=seconds)

    async def carry(self, message: Message) -> None:
        """Hand one text message over. At every try it bears the same id, so that it need not be sent on twice."""
        content = {"id": message.reference, "to": message.to, "text": message.body, "kind": message.kind}
        body = json.dumps(content, ensure_ascii=False).encode()
        timestamp = str(int(self._clock().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.reference,
            TIMESTAMP: timestamp,
            SIGNATURE: f"v1={sign(self._secret, timestamp, body)}",
        }
        status = await self._post(body, headers)
        if not 200 <= status < 300:
            raise NotDelivered(f"webhook {status}", for_good=status in _REFUSED_FOR_GOOD)

    async def _post(self, body: bytes, headers: dict[str, str]) -> int:
        try:
            # A redirect is not followed: the text is meant for this address alone.
            async with (
                ClientSession(timeout=self._timeout) as http,
                http.post(self._url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return answer.status
        except (ClientError, asyncio.TimeoutError, OSError) as error:
            raise NotDelivered(type(error).__name__) from error


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """What proves who sent a body, and when."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
