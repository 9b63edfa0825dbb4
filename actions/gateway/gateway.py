"""The clients of one process, made when the first action needs them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from actions.gateway.desk_client import DeskClient
from actions.gateway.http import JsonService
from actions.gateway.outbox import HandoffOutbox
from actions.gateway.wallet_client import WalletClient
from actions.settings import Settings, current_settings


@dataclass(frozen=True)
class Gateway:
    """The wallet, the desk, and the hand-offs on their way there."""

    wallet: WalletClient
    desk: DeskClient
    outbox: HandoffOutbox
    services: tuple[JsonService, ...]

    @classmethod
    def open(cls, settings: Settings) -> Gateway:
        """Pools of connections on the running event loop, and the background delivery."""
        times = (settings.connect_seconds, settings.answer_seconds)
        wallet = JsonService(settings.wallet_url, settings.wallet_token, *times, name="wallet")
        desk = JsonService(settings.desk_url, settings.desk_token, *times, name="desk")
        desk_client = DeskClient(desk)
        outbox = HandoffOutbox(settings.outbox_folder, desk_client, settings.delivery_seconds)
        outbox.start()
        return cls(WalletClient(wallet), desk_client, outbox, (wallet, desk))

    async def close(self) -> None:
        """End the delivery and close the pools."""
        await self.outbox.close()
        for service in self.services:
            await service.close()


_open: dict[asyncio.AbstractEventLoop, Gateway] = {}


def current_gateway() -> Gateway:
    """The gateway of the running event loop; the first call opens it."""
    loop = asyncio.get_running_loop()
    if loop not in _open:
        _open[loop] = Gateway.open(current_settings())
    return _open[loop]


async def close_gateway() -> None:
    """Close the gateway of the running event loop if there is one."""
    gateway = _open.pop(asyncio.get_running_loop(), None)
    if gateway:
        await gateway.close()
