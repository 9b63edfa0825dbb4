"""A message of a user as it comes in: typed text without secrets, or a button of this server."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.buttons import Choice, parse_button_token
from bot.channels.errors import ChannelError
from bot.channels.identity import IdentityError, Session
from bot.channels.plain_text import as_plain_text
from bot.privacy.contacts import mask_contacts
from bot.privacy.redact import redact

LONGEST_TEXT = 2000  # characters; nobody describes a failure in more
_TRANSACTION = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Incoming:
    """``message_id`` is the sender's own; ``secrets`` are the kinds of what was cut out of the text.

    ``login`` is the phone number or e-mail address of which the text has a mask alone.
    """

    message_id: str
    text: str
    choice: Choice | None = None
    secrets: tuple[str, ...] = ()
    login: str | None = None

    @property
    def question(self) -> int | None:
        """The seq of the message that a choice answers."""
        return self.choice.question if self.choice else None


def read_message(body: dict[str, Any], session: Session, secret: str) -> Incoming:
    """The message of a request's body. Raises ChannelError."""
    message_id = _message_id(body.get("id"))
    if "choice" in body:
        choice = _choice(body, session, secret)
        return Incoming(message_id, choice.title, choice)
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ChannelError(400, "invalid_request", "a message has a text or a choice")
    if len(text) > LONGEST_TEXT:
        raise ChannelError(413, "body_too_large", f"a message has at most {LONGEST_TEXT} characters")
    redacted = redact(text)
    incoming = Incoming(message_id, as_plain_text(redacted.text), secrets=tuple(sorted(redacted.kinds)))
    return _without_contacts(incoming) if session.writer else incoming


def _without_contacts(incoming: Incoming) -> Incoming:
    """What somebody is registered with is needed once, to send him a link, and kept nowhere.

    A message that is nothing else is an answer, which no classifier has to guess.
    """
    masked = mask_contacts(incoming.text)
    choice = Choice(masked.text, "affirm", {"login": masked.text}) if masked.is_all else None
    return replace(incoming, text=masked.text, login=masked.contact, choice=choice)


def _message_id(given: Any) -> str:
    """The sender's id in one spelling, or a new one where a channel needs none."""
    if given is None:
        return str(uuid.uuid4())
    try:
        return str(uuid.UUID(given))
    except (ValueError, TypeError, AttributeError) as error:
        raise ChannelError(400, "invalid_request", "the id of a message is a UUID") from error


def _choice(body: dict[str, Any], session: Session, secret: str) -> Choice:
    token, transaction = body["choice"], body.get("transaction")
    if not isinstance(token, str):
        raise ChannelError(400, "invalid_request", "a choice is the token of a button")
    try:
        choice = parse_button_token(token, session.conversation_id, secret)
    except IdentityError as error:
        raise ChannelError(403, "forbidden", str(error)) from error
    if transaction is None:
        return choice
    if not isinstance(transaction, str) or not _TRANSACTION.fullmatch(transaction) or redact(transaction).kinds:
        raise ChannelError(400, "invalid_request", "a transaction is the id of a payment or a top-up")
    return choice.about(transaction)
