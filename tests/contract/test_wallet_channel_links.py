"""The real wallet finds out for the bot who writes on a messaging channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from actions.gateway.errors import Refused
from actions.gateway.wallet_client import WalletClient
from tests.stack.wallet_app import WalletUser
from wallet.contract.channel_links import ChannelLinkState

MakeUser = Callable[[str], WalletUser]


async def test_a_link_tells_its_user_once_he_has_confirmed_it(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("chen")
    asked = await wallet.ask_channel_link(user.email, "wechat", "writer-1")
    assert timedelta(minutes=14) < asked.expires_at - datetime.now(timezone.utc) <= timedelta(minutes=15)
    pending = await wallet.channel_link(asked.id)
    assert (pending.state, pending.user_id) == (ChannelLinkState.PENDING, None)
    user.confirm_channel_link(asked.number)
    link = await wallet.channel_link(asked.id)
    assert (link.state, link.user_id) == (ChannelLinkState.CONFIRMED, user.user_id)
    assert (link.channel, link.channel_user) == ("wechat", "writer-1")


async def test_a_login_that_is_nobodys_is_answered_alike(wallet: WalletClient) -> None:
    asked = await wallet.ask_channel_link("nobody-there@example.com", "wechat", "writer-2")
    link = await wallet.channel_link(asked.id)
    assert (link.state, link.user_id) == (ChannelLinkState.PENDING, None)


async def test_a_link_that_was_never_asked_for_is_unknown(wallet: WalletClient) -> None:
    with pytest.raises(Refused) as refusal:
        await wallet.channel_link("link_0")
    assert refusal.value.status == 404
