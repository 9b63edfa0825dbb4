"""Hand-offs that wait for the desk, one file each, so that none is lost when the desk or the bot goes down."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from pathlib import Path
from typing import Any

from actions.gateway.desk_client import DeskClient, Standing
from actions.gateway.errors import Refused, ServiceAway
from actions.gateway.request_ids import carry_request_id

logger = logging.getLogger(__name__)

# Other refusals (a wrong token, too many requests) say nothing against the hand-off: it waits.
_ABOUT_THE_PACKET = (400, 409, 413, 422)
# Of a hand-off whose user waits no longer. A file of its own: the packet may be on its way at this moment.
_WITHDRAWN = "withdrawn"


class HandoffOutbox:
    """Keeps each hand-off on disk until the desk has it, and brings the waiting ones there in the background."""

    def __init__(self, folder: Path, desk: DeskClient, interval_seconds: float) -> None:
        self._folder = folder
        self._desk = desk
        self._interval = interval_seconds
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to deliver in the background; what an earlier process left is delivered too."""
        self._task = asyncio.create_task(self._deliver_for_ever())

    async def close(self) -> None:
        """End the background delivery; what is left waits for the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def send(self, packet: dict[str, Any]) -> Standing | None:
        """Keep the packet, then try the desk at once. None when it has to wait.

        Raises OSError if it cannot be kept, Refused if the desk will never take it.
        """
        path = await asyncio.to_thread(self._keep, packet["number"], packet)
        try:
            standing = await self._desk.deliver(packet)
        except (ServiceAway, Refused) as error:
            if isinstance(error, Refused) and error.status in _ABOUT_THE_PACKET:
                await asyncio.to_thread(path.replace, path.with_suffix(".refused"))
                raise
            logger.warning("the desk did not take hand-off %s yet: %s", packet["number"], error)
            return None
        await asyncio.to_thread(path.unlink, missing_ok=True)
        return standing

    async def holds(self, number: str) -> bool:
        """Whether the hand-off of that number still waits for the desk."""
        return await asyncio.to_thread((self._folder / f"{number}.json").exists)

    async def withdraw(self, number: str) -> bool:
        """Take a hand-off back, later if the desk is away; False when a person has it by now. Raises OSError."""
        path = await asyncio.to_thread(self._keep, f"{number}-{_WITHDRAWN}", {"number": number, _WITHDRAWN: True})
        if await self.holds(number):
            return True  # It goes after its packet, which may be on its way at this moment.
        try:
            is_taken_back = await self._desk.cancel(number)
        except (ServiceAway, Refused) as error:
            logger.warning("hand-off %s is not taken back yet: %s", number, error)
            return True
        await asyncio.to_thread(path.unlink, missing_ok=True)
        return is_taken_back

    def _keep(self, name: str, content: dict[str, Any]) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{name}.json"
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        return path

    async def _deliver_for_ever(self) -> None:
        # The task may have been started by an action: what it delivers later is not about that message.
        carry_request_id(None)
        while True:
            await asyncio.sleep(self._interval)
            try:
                await self.deliver_waiting()
            except ServiceAway:
                continue
            except Exception:
                # The loop must outlive a full disk or an unreadable file; the next round tries again.
                logger.exception("delivering hand-offs failed")

    async def deliver_waiting(self) -> int:
        """Bring every waiting hand-off to the desk, oldest first; how many. Raises ServiceAway at the first failure."""
        delivered = 0
        for path in await asyncio.to_thread(self._waiting):
            try:
                await self._bring(json.loads(await asyncio.to_thread(path.read_text, encoding="utf-8")))
            except FileNotFoundError:
                continue  # its own send has brought it there meanwhile
            except (Refused, ValueError) as error:
                if isinstance(error, Refused) and error.status not in _ABOUT_THE_PACKET:
                    raise ServiceAway(f"the desk takes nothing now: {error}") from error
                logger.error("hand-off %s cannot be delivered: %s", path.stem, error)
                await asyncio.to_thread(path.replace, path.with_suffix(".refused"))
                continue
            await asyncio.to_thread(path.unlink, missing_ok=True)
            logger.info("hand-off %s delivered", path.stem)
            delivered += 1
        return delivered

    async def _bring(self, waiting: dict[str, Any]) -> None:
        if waiting.get(_WITHDRAWN):
            await self._desk.cancel(waiting["number"])
        else:
            await self._desk.deliver(waiting)

    def _waiting(self) -> list[Path]:
        files = {path: _kept_at(path) for path in self._folder.glob("*.json")}
        return sorted(files, key=lambda path: (files[path], path))


def _kept_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0  # delivered since the folder was read
