"""Faults the wallet knows of: opening and ending them, and what users are told of them."""

from __future__ import annotations

from datetime import datetime

from wallet.contract.payloads import Incident, LocalizedText, TopupChannel
from wallet.domain.identifiers import new_id
from wallet.services.wallet import Wallet


async def open_incident(
    wallet: Wallet, channel: str | None, what: LocalizedText, expected_end: datetime | None
) -> Incident:
    """Put a channel, or everything when None, out of order until the incident is ended."""
    incident = Incident(new_id("inc"), channel, what, wallet.now(), expected_end)
    async with wallet.storage.writing() as unit:
        await unit.offers.add_incident(incident)
    return incident


async def end_incident(wallet: Wallet, incident_id: str) -> None:
    """The fault is mended."""
    async with wallet.storage.writing() as unit:
        await unit.offers.end_incident(incident_id, wallet.now())


async def list_incidents(wallet: Wallet) -> list[Incident]:
    """The faults that are open, newest first."""
    async with wallet.storage.reading() as unit:
        return await unit.offers.open_incidents()


async def list_channels(wallet: Wallet) -> list[TopupChannel]:
    """Every way to add money, each with the incident that is open on it."""
    async with wallet.storage.reading() as unit:
        return await unit.offers.channels()
