"""Hands mail to an SMTP server, over a connection of its own for each."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage

from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from wallet.couriers.mail import compose_mail
from wallet.couriers.smtp_server import Encryption, SmtpServer
from wallet.domain.deliveries import TRY_TIME, NotDelivered
from wallet.domain.messages import Medium, Message

_GOODBYE_SECONDS = 2.0
_PERMANENT = 500


class SmtpCourier:
    """Mail. A server's words are not repeated in a reason: they may name the recipient."""

    medium = Medium.EMAIL

    def __init__(
        self,
        server: SmtpServer,
        sender: Address,
        *,
        seconds: float = TRY_TIME.total_seconds(),
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._sender, self._seconds, self._trust = server, sender, seconds, trust

    async def carry(self, message: Message) -> None:
        """Hand one mail over; it is sent once the server has taken its text."""
        mail, client = compose_mail(message, self._sender), self._client()
        try:
            await asyncio.wait_for(self._submit(client, mail), self._seconds)
            with contextlib.suppress(SMTPException, asyncio.TimeoutError, OSError):
                # Whatever goes wrong from here on, the mail was taken.
                await client.quit(timeout=_GOODBYE_SECONDS)
        except SMTPRecipientsRefused as refusal:
            raise _refused(refusal.recipients[0], "recipient") from refusal
        except SMTPDataError as refusal:
            raise _refused(refusal, "mail") from refusal
        except SMTPResponseException as refusal:
            # At signing in or of the sender, the same for every mail: this says nothing of this one.
            raise NotDelivered(f"smtp {refusal.code}") from refusal
        except (SMTPException, asyncio.TimeoutError, OSError) as error:
            raise NotDelivered(type(error).__name__) from error
        finally:
            client.close()

    async def _submit(self, client: SMTP, mail: EmailMessage) -> None:
        await client.connect()
        await client.send_message(mail)

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            # Else the library asks the network for a name of this machine.
            local_hostname=self._sender.domain,
            timeout=self._seconds,
            use_tls=server.encryption is Encryption.IMPLICIT,
            start_tls=server.encryption is Encryption.STARTTLS,
            tls_context=self._trust,
        )


def _refused(refusal: SMTPResponseException, what: str) -> NotDelivered:
    return NotDelivered(f"smtp {refusal.code} {what}", for_good=refusal.code >= _PERMANENT)
