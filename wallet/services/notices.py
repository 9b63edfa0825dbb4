"""What the wallet tells its users of its own accord, and how any message to them is worded."""

from __future__ import annotations

from datetime import datetime, timedelta

from wallet.domain.identifiers import new_id
from wallet.domain.messages import Medium, Message
from wallet.domain.users import User
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet
from wallet.texts.catalogue import in_language

# A notice later than that tells nobody anything new.
NOTICE_LIFETIME = timedelta(days=1)

PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a kind of message
CARD_FROZEN = "card_frozen"
CHANNEL_LINKED = "channel_linked"


async def notify(wallet: Wallet, unit: UnitOfWork, user: User, kind: str, **blanks: str) -> None:
    """Tell a user what happened, through every contact on file: one of them may be in other hands."""
    expires_at = wallet.now() + NOTICE_LIFETIME
    for medium in Medium:
        if contact(user, medium) is not None:
            await unit.outbox.add(compose(wallet, user, medium, kind, expires_at, **blanks))


def compose(
    wallet: Wallet,
    user: User,
    medium: Medium,
    kind: str,
    expires_at: datetime,
    link: str | None = None,
    **blanks: str,
) -> Message:
    """A message in the user's language. ``blanks`` fill its text, beside the name, the moment and the link."""
    text, now = wallet.texts.messages[kind, medium.value], wallet.now()
    time = now.astimezone(wallet.days.zone).strftime("%Y-%m-%d %H:%M")
    body = in_language(text.body, user.language).format(name=user.display_name, time=time, link=link, **blanks)
    return Message(
        reference=new_id("msg"),
        user_id=user.id,
        medium=medium,
        to=contact(user, medium) or "",
        kind=kind,
        subject=in_language(text.subject, user.language),
        body=body,
        link=link,
        created_at=now,
        expires_at=expires_at,
    )


def contact(user: User, medium: Medium) -> str | None:
    """The address on file for a medium."""
    return user.email if medium is Medium.EMAIL else user.phone


def preferred_medium(user: User) -> Medium | None:
    """How a link reaches the user: by mail if he has any."""
    return next((medium for medium in Medium if contact(user, medium)), None)
