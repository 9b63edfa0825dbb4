"""A real HTTP server on a free port of this machine, answering as a test wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Loopback:
    """Serves every path with one handler; remembers requests and the connections they came over."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self._answer = answer
        self.port = port
        self.requests: list[web.Request] = []
        self.bodies: list[Any] = []
        self.peers: set[Any] = set()

    async def __aenter__(self) -> Loopback:
        server = web.Server(self._handle)
        self._runner = web.ServerRunner(server)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, shutdown_timeout=0.1)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(request)  # type: ignore[arg-type]
        self.bodies.append(await request.read())
        self.peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        return await self._answer(request)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


def answering(status: int = 200, body: str = "{}", content_type: str = "application/json") -> Answer:
    """The same answer to everything."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body, content_type=content_type)

    return answer
