"""A file of any length on its way to a browser, of which never more than a piece is in memory.

When something fails in the middle the connection is cut off: a browser then says that the download failed, and every
other client sees that its end is missing. A last line with words would be taken for one more row.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from sanic import Request

from bot.desk.web.headers import PAGE_HEADERS
from bot.telemetry.request_ids import fields_of

# Who takes nothing for so long is gone, though his connection is not.
SEND_S = 60.0

logger = logging.getLogger(__name__)


async def stream_file(request: Request, name: str, content_type: str, pieces: AsyncIterator[str]) -> None:
    """Send the pieces as a file. What fails before the first one of them becomes an error page."""
    async with aclosing(pieces):  # type: ignore[type-var]
        first = await anext(pieces, "")
        headers = {
            **PAGE_HEADERS,
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Accel-Buffering": "no",  # nginx's
        }
        response = await request.respond(content_type=content_type, headers=headers)
        try:
            await _send(response, first)
            async for piece in pieces:
                await _send(response, piece)
            await response.eof()
        except Exception as error:
            logger.error("export broke off", exc_info=error, extra=fields_of(request))
            transport: Any = request.transport
            transport.abort()


async def _send(response: Any, piece: str) -> None:
    if piece:
        await asyncio.wait_for(response.send(piece), SEND_S)
