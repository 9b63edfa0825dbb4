"""A message of the outbox as a mail."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from wallet.domain.deliveries import NotDelivered
from wallet.domain.messages import Message

# Anything that could end a header, and the direction marks that could make one read as another.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def address_of(text: str) -> Address:
    """One plain mail address. Raises ValueError for anything else, such as two of them."""
    if _CONTROLS.search(text) or not text.isascii():
        raise ValueError("no plain mail address")
    try:
        address = Address(addr_spec=text)
    except (MessageError, IndexError) as error:
        raise ValueError("no plain mail address") from error
    if not address.username or not address.domain or address.addr_spec != text:
        raise ValueError("no plain mail address")
    return address


def compose_mail(message: Message, sender: Address) -> EmailMessage:
    """The mail of a message, the same at every try. Raises NotDelivered for good when it cannot be addressed."""
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"] = address_of(message.to)
    except ValueError as error:
        raise NotDelivered("no mail address", for_good=True) from error
    mail["From"] = sender
    mail["Subject"] = _CONTROLS.sub(" ", message.subject)
    mail["Message-ID"] = f"<{message.reference}@{sender.domain}>"
    mail["Date"] = format_datetime(message.created_at)
    # Nobody's automatic answer is of use to a wallet (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    return mail
