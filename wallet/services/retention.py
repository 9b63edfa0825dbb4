"""What is done with is removed after a month."""

from __future__ import annotations

from datetime import timedelta

from wallet.services.wallet import Wallet

KEPT_FOR = timedelta(days=30)


async def remove_old(wallet: Wallet) -> None:
    """Remove messages that were sent or given up, and links whose time is up, all of them a month ago."""
    before = wallet.now() - KEPT_FOR
    async with wallet.storage.writing() as unit:
        await unit.outbox.remove_settled(before)
        await unit.credentials.remove_resets(before)
        await unit.channel_links.remove_expired(before)
