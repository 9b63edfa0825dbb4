"""What the support line may ask of the wallet, and do there to protect a user. It cannot move money."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from actions.gateway.errors import Refused, ServiceAway, UnknownUser
from actions.gateway.http import JsonService
from wallet.contract.channel_links import ChannelLink, ChannelLinkAsked
from wallet.contract.encoding import EncodingError, from_json, to_json
from wallet.contract.money import Money
from wallet.contract.payloads import (
    Card,
    FeeKind,
    FeeQuote,
    Frozen,
    Incident,
    Limits,
    LoginState,
    Payment,
    ResetSent,
    Security,
    Topup,
    TopupChannel,
)
from wallet.contract.refunds import Refund
from wallet.contract.transfers import Transfer

T = TypeVar("T")


class WalletClient:
    """The support endpoints of the wallet's contract. Every call acts on behalf of one user or of nobody.

    All methods raise ServiceAway when the wallet does not answer and UnknownUser when it has no such user.
    """

    def __init__(self, service: JsonService) -> None:
        self._service = service

    async def login_state(self, user_id: str) -> LoginState:
        """Why this user can or cannot sign in."""
        return _decode(LoginState, await self._of_user("GET", user_id, "/login-state"))

    async def payments(self, user_id: str, since: datetime) -> list[Payment]:
        """Payments since a time, newest first."""
        return _decode_items(Payment, await self._of_user("GET", user_id, "/payments", {"since": to_json(since)}))

    async def topups(self, user_id: str, since: datetime) -> list[Topup]:
        """Top-ups since a time, newest first."""
        return _decode_items(Topup, await self._of_user("GET", user_id, "/topups", {"since": to_json(since)}))

    async def transfers(self, user_id: str, since: datetime) -> list[Transfer]:
        """Transfers to others and withdrawals to cards since a time, newest first."""
        return _decode_items(Transfer, await self._of_user("GET", user_id, "/transfers", {"since": to_json(since)}))

    async def refunds(self, user_id: str, since: datetime) -> list[Refund]:
        """Refunds asked for since a time, newest first."""
        return _decode_items(Refund, await self._of_user("GET", user_id, "/refunds", {"since": to_json(since)}))

    async def limits(self, user_id: str) -> Limits:
        """What the user may spend, and what is used of it today."""
        return _decode(Limits, await self._of_user("GET", user_id, "/limits"))

    async def cards(self, user_id: str) -> list[Card]:
        """Cards bound to the wallet."""
        return _decode_items(Card, await self._of_user("GET", user_id, "/cards"))

    async def security(self, user_id: str) -> Security:
        """What protects the account."""
        return _decode(Security, await self._of_user("GET", user_id, "/security"))

    async def freeze_account(self, user_id: str) -> Frozen:
        """Stop everything on the account; only a person undoes it."""
        return _decode(Frozen, await self._of_user("POST", user_id, "/freeze"))

    async def freeze_card(self, user_id: str, card_id: str) -> Frozen:
        """Stop one card; only a person undoes it."""
        return _decode(Frozen, await self._of_user("POST", user_id, f"/cards/{quote(card_id, safe='')}/freeze"))

    async def send_password_reset(self, user_id: str, by: str) -> ResetSent:
        """Send the user a link to set a new password, ``by`` email or sms. Raises Refused if he has none."""
        return _decode(ResetSent, await self._of_user("POST", user_id, "/password-resets", body={"by": by}))

    async def ask_channel_link(self, login: str, channel: str, writer: str) -> ChannelLinkAsked:
        """Send a link to the contact on file, if the login is anyone's, which is not told.

        Raises Refused, with status 429 where it was asked for too often.
        """
        body = {"login": login, "channel": channel, "channel_user": writer}
        return _decode(ChannelLinkAsked, await self._service.call("POST", "/v1/support/channel-links", body=body))

    async def channel_link(self, link_id: str) -> ChannelLink:
        """Where a link stands, and whose it is once it is confirmed. Raises Refused for an unknown one."""
        return _decode(ChannelLink, await self._call("GET", f"/v1/support/channel-links/{quote(link_id, safe='')}"))

    async def topup_channels(self) -> list[TopupChannel]:
        """Every way to add money."""
        return _decode_items(TopupChannel, await self._call("GET", "/v1/support/topup-channels"))

    async def incidents(self) -> list[Incident]:
        """Faults that are open now."""
        return _decode_items(Incident, await self._call("GET", "/v1/support/incidents"))

    async def quote_fee(self, kind: FeeKind, channel: str, amount: Money, user_id: str | None) -> FeeQuote:
        """The fee of an amount through a channel; of a user's free quota too when one is named."""
        query = {
            "kind": kind.value,
            "channel": channel,
            "amount_minor": str(amount.minor),
            "currency": amount.currency,
            **({"user_id": user_id} if user_id else {}),
        }
        return _decode(FeeQuote, await self._call("GET", "/v1/support/fees/quote", query, on_behalf_of=user_id))

    async def _of_user(
        self,
        method: str,
        user_id: str,
        path: str,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return await self._call(
                method, f"/v1/support/users/{quote(user_id, safe='')}{path}", query, body, on_behalf_of=user_id
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise UnknownUser(user_id) from refusal
            raise

    async def _call(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        on_behalf_of: str | None = None,
    ) -> Any:
        headers = {"X-On-Behalf-Of": on_behalf_of} if on_behalf_of else None
        return await self._service.call(method, path, query=query, body=body, headers=headers)


def _decode(kind: type[T], value: Any) -> T:
    try:
        return from_json(kind, value)
    except EncodingError as error:
        raise ServiceAway(f"unreadable answer: {error}") from error


def _decode_items(kind: type[T], value: Any) -> list[T]:
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise ServiceAway("unreadable answer: no list of items")
    return [_decode(kind, item) for item in value["items"]]
