"""Messages the wallet has sent."""

from __future__ import annotations

from wallet.domain.messages import Message
from wallet.services.wallet import Wallet


async def list_messages(wallet: Wallet, user_id: str, limit: int) -> list[Message]:
    """A user's mails and text messages, newest first."""
    async with wallet.storage.reading() as unit:
        return await unit.outbox.latest(user_id, limit)
