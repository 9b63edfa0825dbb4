"""A real SMTP server on loopback that does what a test tells it to."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

TAKEN = "250 OK"
_OFFER_SECONDS = 60
HANG, CUT = "hang", "cut"


class MailServer:
    """Takes mail; ``answers`` are given to the next mails first: a reply of SMTP, ``HANG`` or ``CUT``."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        self.sender_answer: str | None = None
        self.recipient_answer: str | None = None
        self.signed_in: list[tuple[bytes, bytes]] = []
        self.was_encrypted: list[bool] = []
        self._offered = asyncio.Event()
        self.port = 0

    async def handle_MAIL(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a sender, or refuse him."""
        if self.sender_answer is not None:
            return self.sender_answer
        envelope.mail_from = address
        return TAKEN

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse it."""
        if self.recipient_answer is not None:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        """Take a mail, or do what comes next."""
        self._offered.set()
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer == HANG:
            await asyncio.sleep(10 * _OFFER_SECONDS)
        if answer == CUT:
            server.transport.abort()
            return TAKEN
        if answer == TAKEN:
            parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
            self.recipients += envelope.rcpt_tos
            self.was_encrypted.append(session.ssl is not None)
        return answer

    async def offer(self) -> None:
        """Wait until a mail is offered, one after those that were waited for; raises TimeoutError if none comes."""
        await asyncio.wait_for(self._offered.wait(), _OFFER_SECONDS)
        self._offered.clear()

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """Let one user in."""
        assert isinstance(data, LoginPassword)
        self.signed_in.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss", handled=False)

    @asynccontextmanager
    async def serving(self, certificate: ssl.SSLContext | None = None) -> AsyncIterator[MailServer]:
        """Serve on a free port; with a certificate, only after STARTTLS and for those who sign in."""
        options: dict[str, Any] = {"enable_SMTPUTF8": True}
        if certificate is not None:
            options |= {
                "tls_context": certificate,
                "require_starttls": True,
                "auth_required": True,
                "authenticator": self.authenticate,
            }
        factory: Callable[[], SMTP] = partial(SMTP, self, hostname="mail.test", **options)
        server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await server.wait_closed()
