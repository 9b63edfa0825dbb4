"""A real web server on loopback that takes text messages as a company's webhook would."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SECRET = "a secret of the webhook and of the wallet"


@dataclass
class SmsGateway:
    """Takes messages; ``answers`` are the statuses of the next requests, ``pause`` how long each takes in seconds."""

    answers: list[int] = field(default_factory=list)
    pause: float = 0.0
    taken: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """Answer one request; what is not signed is refused."""
        body = await request.read()
        self.requests.append(dict(request.headers))
        signed = request.headers["X-Hotline-Timestamp"].encode() + b"." + body
        expected = "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, request.headers["X-Hotline-Signature"]):
            return web.Response(status=401)
        await asyncio.sleep(self.pause)
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.taken.append(json.loads(body))
        return web.Response(status=status, headers={"Location": self.url} if status == 302 else {})

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[SmsGateway]:
        """Serve on a free port."""
        app = web.Application()
        app.router.add_post("/sms", self.take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/sms"
        try:
            yield self
        finally:
            await runner.cleanup()
