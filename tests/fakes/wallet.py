"""A wallet without HTTP: it answers what a test put in, remembers what was done, and can be away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from actions.gateway.errors import Refused, ServiceAway, UnknownUser
from actions.gateway.wallet_client import WalletClient
from tests.fakes.accounts import NOW, limits, login_state
from wallet.contract.channel_links import ChannelLink, ChannelLinkAsked, ChannelLinkState
from wallet.contract.payloads import (
    Card,
    Frozen,
    Limits,
    LoginState,
    Payment,
    ResetSent,
    Topup,
    TopupChannel,
)
from wallet.contract.refunds import Refund
from wallet.contract.transfers import Transfer


class FakeWallet(WalletClient):
    """The facts of one user. Movements are given in any order and told newest first, as the wallet does."""

    def __init__(self, user_id: str = "chen") -> None:
        self.user_id = user_id
        self.is_away = False
        self.has_transfers = True
        self.refuses_operations = False
        self.state: LoginState = login_state()
        self.paid: list[Payment] = []
        self.topped_up: list[Topup] = []
        self.sent: list[Transfer] = []
        self.given_back: list[Refund] = []
        self.bound: list[Card] = []
        self.channels: list[TopupChannel] = []
        self.allowed: Limits = limits()
        self.limits_asked = 0
        self.resets: list[str] = []
        self.link: ChannelLink | None = None
        self.links_asked: list[str] = []
        self.refuses_links: int | None = None
        self.frozen: list[str] = []

    def _check(self, user_id: str) -> None:
        if self.is_away:
            raise ServiceAway("away")
        if user_id != self.user_id:
            raise UnknownUser(user_id)

    def settle(self, settled: Payment) -> None:
        """Replace a payment by what became of it."""
        self.paid = [settled if payment.id == settled.id else payment for payment in self.paid]

    def end_incidents(self) -> None:
        """Open every channel again."""
        self.channels = [replace(channel, incident=None) for channel in self.channels]

    async def login_state(self, user_id: str) -> LoginState:
        """The sign-in state."""
        self._check(user_id)
        return self.state

    async def payments(self, user_id: str, since: datetime) -> list[Payment]:
        """Payments since a time, newest first."""
        self._check(user_id)
        recent = [payment for payment in self.paid if payment.created_at >= since]
        return sorted(recent, key=lambda payment: payment.created_at, reverse=True)

    async def topups(self, user_id: str, since: datetime) -> list[Topup]:
        """Top-ups since a time, newest first."""
        self._check(user_id)
        recent = [topup for topup in self.topped_up if topup.created_at >= since]
        return sorted(recent, key=lambda topup: topup.created_at, reverse=True)

    async def transfers(self, user_id: str, since: datetime) -> list[Transfer]:
        """Transfers and withdrawals since a time, newest first."""
        self._check(user_id)
        if not self.has_transfers:
            raise UnknownUser(user_id)
        recent = [transfer for transfer in self.sent if transfer.created_at >= since]
        return sorted(recent, key=lambda transfer: transfer.created_at, reverse=True)

    async def refunds(self, user_id: str, since: datetime) -> list[Refund]:
        """Refunds asked for since a time, newest first."""
        self._check(user_id)
        recent = [refund for refund in self.given_back if refund.requested_at >= since]
        return sorted(recent, key=lambda refund: refund.requested_at, reverse=True)

    async def limits(self, user_id: str) -> Limits:
        """The limits, and how often they were asked for."""
        self._check(user_id)
        self.limits_asked += 1
        return self.allowed

    async def cards(self, user_id: str) -> list[Card]:
        """The cards."""
        self._check(user_id)
        return self.bound

    async def ask_channel_link(self, login: str, channel: str, writer: str) -> ChannelLinkAsked:
        """Remember whom a link was asked for; the number is always the same."""
        self._check(self.user_id)
        if self.refuses_links:
            raise Refused(self.refuses_links, "too_many_requests")
        self.links_asked.append(login)
        self.link = ChannelLink("link_1", channel, writer, ChannelLinkState.PENDING, None, NOW + timedelta(minutes=15))
        return ChannelLinkAsked("link_1", "48", self.link.expires_at)

    async def channel_link(self, link_id: str) -> ChannelLink:
        """Where the link stands."""
        self._check(self.user_id)
        if self.link is None or self.link.id != link_id:
            raise Refused(404, "not_found")
        return self.link

    def confirm_link(self, **changes: Any) -> None:
        """Let its owner type the number."""
        assert self.link
        confirmed = {"state": ChannelLinkState.CONFIRMED, "user_id": self.user_id}
        self.link = replace(self.link, **{**confirmed, **changes})

    async def topup_channels(self) -> list[TopupChannel]:
        """The channels; they need no user."""
        self._check(self.user_id)
        return self.channels

    async def send_password_reset(self, user_id: str, by: str) -> ResetSent:
        """Remember whose link was sent."""
        self._operate(user_id)
        self.resets.append(user_id)
        return ResetSent("c***@example.com", NOW + timedelta(minutes=30))

    async def freeze_account(self, user_id: str) -> Frozen:
        """Remember that the account was frozen."""
        self._operate(user_id)
        self.frozen.append(user_id)
        return Frozen(user_id, NOW)

    async def freeze_card(self, user_id: str, card_id: str) -> Frozen:
        """Remember which card was frozen."""
        self._operate(user_id)
        self.frozen.append(card_id)
        return Frozen(card_id, NOW)

    def _operate(self, user_id: str) -> None:
        self._check(user_id)
        if self.refuses_operations:
            raise ServiceAway("not now")
