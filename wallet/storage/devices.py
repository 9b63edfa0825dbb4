"""The devices users have signed in from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from wallet.domain.devices import Device
from wallet.storage.rows import Repository
from wallet.storage.tables.users import devices


class SqlDevices(Repository):
    """The table devices."""

    async def add(self, device: Device) -> None:
        """Keep a device that has signed in."""
        await self._run(insert(devices).values(**_values(device)))

    async def get(self, device_id: str) -> Device | None:
        """The device of that id."""
        row = await self._first(select(devices).where(devices.c.public_id == device_id))
        return None if row is None else _device(row)

    async def all_of(self, user_id: str) -> list[Device]:
        """A user's devices, the one seen last first."""
        of_user = select(devices).where(devices.c.user_id == user_id)
        rows = await self._all(of_user.order_by(devices.c.last_seen_at.desc(), devices.c.id.desc()))
        return [_device(row) for row in rows]

    async def update(self, device: Device) -> None:
        """Keep a device as it stands now."""
        await self._run(update(devices).where(devices.c.public_id == device.id).values(**_values(device)))

    async def trust(self, device_id: str, until: datetime) -> None:
        """Mark a device as trusted."""
        await self._run(update(devices).where(devices.c.public_id == device_id).values(trusted_until=until))

    async def distrust(self, user_id: str) -> None:
        """Take the mark off all of a user's devices."""
        await self._run(update(devices).where(devices.c.user_id == user_id).values(trusted_until=None))

    async def remove(self, device_id: str) -> None:
        """Forget a device."""
        await self._run(delete(devices).where(devices.c.public_id == device_id))


def _values(device: Device) -> dict[str, Any]:
    values = asdict(device)
    return {"public_id": values.pop("id"), **values}


def _device(row: Any) -> Device:
    return Device(row.public_id, row.user_id, row.name, row.first_seen_at, row.last_seen_at, row.trusted_until)
