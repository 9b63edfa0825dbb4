"""Links of messaging channels: asked for by the support line, confirmed by the user, looked up by the support line."""

from __future__ import annotations

from enum import Enum

from wallet.contract.channel_links import ChannelLink, ChannelLinkAsked, ChannelLinkState
from wallet.domain.channel_links import LINK_LIFETIME, LinkRequest, new_number
from wallet.domain.errors import NotFoundError
from wallet.domain.identifiers import new_id
from wallet.domain.password_resets import hash_of, new_token
from wallet.services.accounts import known_user
from wallet.services.notices import CHANNEL_LINKED, compose, notify, preferred_medium
from wallet.services.wallet import Wallet
from wallet.texts.catalogue import in_language

KIND = "channel_link"


class Confirmation(Enum):
    """What became of a try to confirm."""

    DONE = "done"
    WRONG_NUMBER = "wrong_number"
    INVALID = "invalid"


async def ask_link(wallet: Wallet, login: str, channel: str, channel_user: str) -> ChannelLinkAsked:
    """Send a link if the login is someone's with a contact; the caller cannot tell whether it was.

    It is the writer's only one: those he asked for before and did not confirm end.
    """
    token, now = new_token(), wallet.now()
    async with wallet.storage.writing() as unit:
        user = await unit.users.find_by_login(login)
        medium = preferred_medium(user) if user else None
        request = LinkRequest(
            id=new_id("link"),
            token_hash=hash_of(token),
            user_id=user.id if user and medium else None,
            channel=channel,
            channel_user=channel_user,
            number=new_number(),
            tries=0,
            created_at=now,
            expires_at=now + LINK_LIFETIME,
            confirmed_at=None,
        )
        await unit.channel_links.end_pending(channel, channel_user, now)
        await unit.channel_links.add(request)
        if user and medium:
            blanks = {
                "channel": in_language(wallet.texts.channel(channel), user.language),
                "minutes": str(int(LINK_LIFETIME.total_seconds() // 60)),
            }
            link = f"{wallet.public_url}/link-channel?token={token}"
            await unit.outbox.add(compose(wallet, user, medium, KIND, request.expires_at, link, **blanks))
    return ChannelLinkAsked(request.id, request.number, request.expires_at)


async def show_request(wallet: Wallet, token: str) -> LinkRequest | None:
    """The request a token would confirm, if it would; nothing changes by looking."""
    async with wallet.storage.reading() as unit:
        request = await unit.channel_links.find(hash_of(token))
    return request if request and request.can_be_confirmed(wallet.now()) else None


async def confirm_link(wallet: Wallet, token: str, number: str) -> Confirmation:
    """Confirm with a link's token and the number of the conversation, once; the user is told of it everywhere."""
    now = wallet.now()
    async with wallet.storage.writing() as unit:
        request = await unit.channel_links.lock(hash_of(token))
        if request is None or request.user_id is None or not request.can_be_confirmed(now):
            return Confirmation.INVALID
        if not request.has_number(number):
            await unit.channel_links.count_try(request.id)
            return Confirmation.WRONG_NUMBER
        await unit.channel_links.confirm(request.id, now)
        user = await known_user(unit, request.user_id)
        channel = in_language(wallet.texts.channel(request.channel), user.language)
        await notify(wallet, unit, user, CHANNEL_LINKED, channel=channel)
    return Confirmation.DONE


async def show_link(wallet: Wallet, link_id: str) -> ChannelLink:
    """Where a link stands, and once it is confirmed whose it is. Raises NotFoundError."""
    async with wallet.storage.reading() as unit:
        request = await unit.channel_links.get(link_id)
    if request is None:
        raise NotFoundError("no such link")
    state = request.state(wallet.now())
    user_id = request.user_id if state is ChannelLinkState.CONFIRMED else None
    return ChannelLink(request.id, request.channel, request.channel_user, state, user_id, request.expires_at)
