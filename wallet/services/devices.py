"""The devices a user has signed in from: knowing them again, and ending what they may do."""

from __future__ import annotations

from dataclasses import replace

from wallet.domain.account_events import AccountEvent, Actor, Deed
from wallet.domain.devices import Device, name_to_show
from wallet.domain.errors import NotFoundError
from wallet.domain.identifiers import new_id
from wallet.domain.users import User
from wallet.services.notices import notify
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet

NEW_DEVICE = "new_device"


async def list_devices(wallet: Wallet, user_id: str) -> list[Device]:
    """A user's devices, the one seen last first."""
    async with wallet.storage.reading() as unit:
        return await unit.devices.all_of(user_id)


async def end_device(wallet: Wallet, user_id: str, device_id: str) -> None:
    """Forget a device: its tokens end and it is trusted no more. Raises NotFoundError, also for someone else's."""
    async with wallet.storage.writing() as unit:
        device = await unit.devices.get(device_id)
        if device is None or device.user_id != user_id:
            raise NotFoundError("no such device")
        await unit.devices.remove(device_id)
        await unit.account_events.add(AccountEvent(user_id, Deed.DEVICE_ENDED, Actor.USER, None, wallet.now()))


async def meet_device(wallet: Wallet, unit: UnitOfWork, user: User, name: str) -> Device:
    """The device of that name, now seen. A new one is told to the user, unless it is his first."""
    now, known = wallet.now(), await unit.devices.all_of(user.id)
    device = next((each for each in known if each.name == name), None)
    if device is not None:
        # A step of the demo may be dated before what came after it.
        seen = replace(device, last_seen_at=max(now, device.last_seen_at))
        await unit.devices.update(seen)
        return seen
    device = Device(new_id("dev"), user.id, name, now, now, None)
    await unit.devices.add(device)
    if known:
        await notify(wallet, unit, user, NEW_DEVICE, device=name_to_show(name))
    return device


async def trusted_device(wallet: Wallet, unit: UnitOfWork, user_id: str, device_token: str | None) -> Device | None:
    """The device a token is of, as long as it is trusted; None for any other token."""
    claim = wallet.tokens.read_device(device_token, wallet.now()) if device_token else None
    device = await unit.devices.get(claim.device_id) if claim else None
    if claim is None or device is None or device.user_id != user_id or not device.is_trusted(wallet.now()):
        return None
    credential = await unit.credentials.get(user_id)
    return device if claim.outlives(credential.changed_at) else None
