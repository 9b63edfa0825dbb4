"""JSON over HTTP to one service: one pool of connections, bounded waiting, errors of one family."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp

from actions.gateway.calls import ANSWERED, AWAY, REFUSED, tell_call
from actions.gateway.errors import Refused, ServiceAway
from actions.gateway.request_ids import carried_request_id

_CONNECTIONS = 50


class JsonService:
    """A service that speaks JSON and asks for a bearer token. ``name`` is what its calls are counted under."""

    def __init__(
        self, url: str, token: str, connect_seconds: float, answer_seconds: float, name: str = "service"
    ) -> None:
        self._url = url
        self._name = name
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=30),
            timeout=aiohttp.ClientTimeout(total=answer_seconds, sock_connect=connect_seconds),
            headers={"Authorization": f"Bearer {token}"},
        )

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The JSON of a 2xx answer. Raises Refused for a 4xx, ServiceAway for everything else.

        A read is tried twice, since a pooled connection may have been closed by a service that started anew.
        """
        began, outcome = time.perf_counter(), AWAY
        try:
            answer = await self._call_again(method, path, query, body, headers)
            outcome = ANSWERED
            return answer
        except Refused:
            outcome = REFUSED
            raise
        finally:
            tell_call(self._name, outcome, time.perf_counter() - began)

    async def _call_again(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None,
        body: dict[str, Any] | None,
        headers: dict[str, str] | None,
    ) -> Any:
        try:
            try:
                return await self._call_once(method, path, query, body, headers)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                if method != "GET":
                    raise
                return await self._call_once(method, path, query, body, headers)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            # Its name alone, as this ends in a log: aiohttp's errors quote the request, with its path and its token.
            raise ServiceAway(f"{self._name} does not answer: {type(error).__name__}") from error

    async def _call_once(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None,
        body: dict[str, Any] | None,
        headers: dict[str, str] | None,
    ) -> Any:
        request_id = {"X-Request-ID": carried_request_id()}
        async with self._session.request(
            method, self._url + path, params=query, json=body, headers={**request_id, **(headers or {})}
        ) as answer:
            if answer.status >= 500:
                raise ServiceAway(f"{self._name} answers {answer.status}")
            payload = await answer.json()
            if answer.status >= 400:
                raise Refused(answer.status, str(payload.get("code")) if isinstance(payload, dict) else "unknown")
            return payload

    async def close(self) -> None:
        """Close the pool."""
        await self._session.close()
