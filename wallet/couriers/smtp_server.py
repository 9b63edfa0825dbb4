"""Where mail is handed over, read from one address: ``smtp://user:password@host:port?tls=starttls``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import parse_qsl, unquote, urlsplit

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Encryption(str, Enum):
    """When a connection becomes a secret one."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


_PORTS = {Encryption.IMPLICIT: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}


@dataclass(frozen=True)
class SmtpServer:
    """A server and how to sign in there."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_smtp_url(url: str) -> SmtpServer:
    """The server of an address. Raises ValueError, whose words hold nothing of the address."""
    try:
        parts = urlsplit(url)
        port, query = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ValueError("is no address of an SMTP server") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("is no address of an SMTP server")
    encryption = _encryption(parts.scheme, query)
    if bool(parts.username) != bool(parts.password):
        raise ValueError("has a user without a password, or the reverse")
    if parts.password and encryption is Encryption.NONE and parts.hostname not in _LOOPBACK:
        raise ValueError("would send its password for everyone to read")
    user, password = (unquote(word) if word else None for word in (parts.username, parts.password))
    return SmtpServer(parts.hostname, port or _PORTS[encryption], encryption, user, password)


def _encryption(scheme: str, query: dict[str, str]) -> Encryption:
    if scheme == "smtps":
        if query:
            raise ValueError("takes no tls beside smtps")
        return Encryption.IMPLICIT
    try:
        chosen = Encryption(query.pop("tls", Encryption.STARTTLS.value))
    except ValueError:
        raise ValueError("has a tls that is neither starttls, implicit nor none") from None
    if query:
        raise ValueError("has a query of more than tls")
    return chosen
