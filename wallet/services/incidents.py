"""Faults the wallet knows of and works that are planned: opening and ending them, and what users are told of them."""

from __future__ import annotations

from datetime import datetime

from wallet.contract.payloads import Incident, LocalizedText, TopupChannel
from wallet.domain.errors import InvalidRequestError, NotFoundError
from wallet.domain.identifiers import new_id
from wallet.services.wallet import Wallet


async def open_incident(
    wallet: Wallet,
    channel: str | None,
    what: LocalizedText,
    expected_end: datetime | None,
    since: datetime | None = None,
) -> Incident:
    """Put a channel, or everything when None, out of order from now or from later on until the incident is ended.

    Raises InvalidRequestError for an end that does not come after the beginning.
    """
    begins = since or wallet.now()
    if expected_end is not None and expected_end <= begins:
        raise InvalidRequestError("an incident ends after it has begun", field="expected_end")
    incident = Incident(new_id("inc"), channel, what, begins, expected_end)
    async with wallet.storage.writing() as unit:
        await unit.offers.add_incident(incident)
    return incident


async def end_incident(wallet: Wallet, incident_id: str) -> None:
    """The fault is mended, or the works will not be. Raises NotFoundError if no such incident is open."""
    async with wallet.storage.writing() as unit:
        if incident_id not in {incident.id for incident in await unit.offers.open_incidents()}:
            raise NotFoundError("no such incident is open")
        await unit.offers.end_incident(incident_id, wallet.now())


async def list_incidents(wallet: Wallet) -> list[Incident]:
    """The faults that are open and the works that are planned, the latest to begin first."""
    async with wallet.storage.reading() as unit:
        return await unit.offers.open_incidents()


async def list_channels(wallet: Wallet) -> list[TopupChannel]:
    """Every way to add money, each with the incident that is open on it."""
    async with wallet.storage.reading() as unit:
        return await unit.offers.channels(wallet.now())
