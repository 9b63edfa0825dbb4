"""Signed tokens: the wallet's own for its users, and the proof of a user that the support line accepts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import jwt

from wallet.domain.errors import UnauthenticatedError

ALGORITHM = "HS256"
LIFETIME = timedelta(hours=1)
WALLET_AUDIENCE = "wallet"
HOTLINE_AUDIENCE = "wallet-hotline"


@dataclass(frozen=True)
class SignedToken:
    """A token and when it ends."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Bearer:
    """Who a token speaks for, from which device, since when."""

    user_id: str
    device: str
    issued_at: datetime


@dataclass(frozen=True)
class Tokens:
    """Issues and reads tokens; each audience has its own secret, so none can pass for the other."""

    access_secret: str
    hotline_secret: str

    def issue_access(self, user_id: str, device: str, now: datetime) -> SignedToken:
        """The token of a signed-in user."""
        return self._issue(self.access_secret, {"sub": user_id, "aud": WALLET_AUDIENCE, "device": device}, now)

    def issue_hotline(self, user_id: str, now: datetime) -> SignedToken:
        """The token by which the app tells the support line who its user is."""
        return self._issue(self.hotline_secret, {"sub": user_id, "aud": HOTLINE_AUDIENCE}, now)

    def read_access(self, token: str, now: datetime) -> Bearer:
        """Whom an access token speaks for. Raises UnauthenticatedError if it is none or too old."""
        try:
            # Times are compared below: the wallet's clock is passed in, the library would look at its own.
            claims = jwt.decode(
                token,
                self.access_secret,
                algorithms=[ALGORITHM],
                audience=WALLET_AUDIENCE,
                options={"require": ["sub", "exp", "iat"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError as error:
            raise UnauthenticatedError() from error
        if claims["exp"] <= now.timestamp():
            raise UnauthenticatedError()
        issued_at = datetime.fromtimestamp(claims["iat"], timezone.utc)
        return Bearer(claims["sub"], claims.get("device", ""), issued_at)

    def _issue(self, secret: str, claims: dict[str, str], now: datetime) -> SignedToken:
        expires_at = (now + LIFETIME).replace(microsecond=0)
        times = {"iat": int(now.timestamp()), "exp": int(expires_at.timestamp())}
        return SignedToken(jwt.encode({**claims, **times}, secret, algorithm=ALGORITHM), expires_at)
