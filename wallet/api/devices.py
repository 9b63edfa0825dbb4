"""Devices of the signed-in user."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.contract.encoding import to_json
from wallet.services.devices import end_device, list_devices
from wallet.services.tokens import Bearer

blueprint = Blueprint("devices", url_prefix="/v1/devices")


@blueprint.get("/")
@signed_in
async def list_own_devices(request: Request, bearer: Bearer) -> HTTPResponse:
    """The devices the user has signed in from; ``trusted_until`` is null for one that needs the second step."""
    wallet = wallet_of(request)
    items = [
        {
            "id": device.id,
            "name": device.name,
            "current": device.id == bearer.device_id,
            "first_seen_at": to_json(device.first_seen_at),
            "last_seen_at": to_json(device.last_seen_at),
            "trusted_until": to_json(device.trusted_until if device.is_trusted(wallet.now()) else None),
        }
        for device in await list_devices(wallet, bearer.user_id)
    ]
    return answer_items(items)


@blueprint.delete("/<device_id:str>")
@signed_in
async def end_own_device(request: Request, bearer: Bearer, device_id: str) -> HTTPResponse:
    """Sign a device out and trust it no more, the present one too."""
    await end_device(wallet_of(request), bearer.user_id, device_id)
    return answer({"status": "ended"})
