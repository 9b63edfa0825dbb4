"""Signed tokens: the wallet's own for its users, and the proof of a user that the support line accepts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import jwt

from wallet.domain.devices import TRUSTED_FOR
from wallet.domain.errors import ChallengeInvalidError, UnauthenticatedError

ALGORITHM = "HS256"
LIFETIME = timedelta(hours=1)
CHALLENGE_LIFETIME = timedelta(minutes=5)
WALLET_AUDIENCE = "wallet"
CHALLENGE_AUDIENCE = "wallet-second-factor"
DEVICE_AUDIENCE = "wallet-device"
HOTLINE_AUDIENCE = "wallet-hotline"


@dataclass(frozen=True)
class SignedToken:
    """A token and when it ends."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Claim:
    """Who a token is about, since when."""

    user_id: str
    issued_at: datetime

    def outlives(self, changed_at: datetime) -> bool:
        """Whether it was issued after a password was changed; tokens count whole seconds."""
        return self.issued_at >= changed_at.replace(microsecond=0)


@dataclass(frozen=True)
class Bearer(Claim):
    """Who a token speaks for, and from which device."""

    device: str
    device_id: str


@dataclass(frozen=True)
class ChallengeClaim(Claim):
    """Who has given his password and not yet his code, and on a device of which name."""

    device: str


@dataclass(frozen=True)
class DeviceClaim(Claim):
    """Which device a user had remembered."""

    device_id: str


@dataclass(frozen=True)
class Tokens:
    """Issues and reads tokens. Each is for one audience, and none is taken for another's."""

    access_secret: str
    hotline_secret: str

    def issue_access(self, user_id: str, device: str, device_id: str, now: datetime) -> SignedToken:
        """The token of a signed-in user."""
        claims = {"sub": user_id, "aud": WALLET_AUDIENCE, "device": device, "did": device_id}
        return _issue(self.access_secret, claims, now, LIFETIME)

    def issue_challenge(self, user_id: str, device: str, now: datetime) -> SignedToken:
        """The token of someone who knows the password; it opens nothing but the second step."""
        claims = {"sub": user_id, "aud": CHALLENGE_AUDIENCE, "device": device}
        return _issue(self.access_secret, claims, now, CHALLENGE_LIFETIME)

    def issue_device(self, user_id: str, device_id: str, now: datetime) -> SignedToken:
        """The token by which a device is known again; it leaves out the second step, never the first."""
        claims = {"sub": user_id, "aud": DEVICE_AUDIENCE, "did": device_id}
        return _issue(self.access_secret, claims, now, TRUSTED_FOR)

    def issue_hotline(self, user_id: str, now: datetime) -> SignedToken:
        """The token by which the app tells the support line who its user is."""
        return _issue(self.hotline_secret, {"sub": user_id, "aud": HOTLINE_AUDIENCE}, now, LIFETIME)

    def read_access(self, token: str, now: datetime) -> Bearer:
        """Whom an access token speaks for. Raises UnauthenticatedError if it is none or too old."""
        claims = self._read(token, WALLET_AUDIENCE, now, "device", "did")
        if claims is None:
            raise UnauthenticatedError()
        return Bearer(claims["sub"], _issued_at(claims), claims["device"], claims["did"])

    def read_challenge(self, token: str, now: datetime) -> ChallengeClaim:
        """Who is in the middle of signing in. Raises ChallengeInvalidError if the token is none or too old."""
        claims = self._read(token, CHALLENGE_AUDIENCE, now, "device")
        if claims is None:
            raise ChallengeInvalidError()
        return ChallengeClaim(claims["sub"], _issued_at(claims), claims["device"])

    def read_device(self, token: str, now: datetime) -> DeviceClaim | None:
        """The device a token is of, None if it is no such token or too old."""
        claims = self._read(token, DEVICE_AUDIENCE, now, "did")
        return None if claims is None else DeviceClaim(claims["sub"], _issued_at(claims), claims["did"])

    def _read(self, token: str, audience: str, now: datetime, *required: str) -> dict[str, Any] | None:
        try:
            # Times are compared below: the wallet's clock is passed in, the library would look at its own.
            claims: dict[str, Any] = jwt.decode(
                token,
                self.access_secret,
                algorithms=[ALGORITHM],
                audience=audience,
                options={"require": ["sub", "exp", "iat", *required], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            return None
        return claims if claims["exp"] > now.timestamp() else None


def _issued_at(claims: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(claims["iat"], timezone.utc)


def _issue(secret: str, claims: dict[str, str], now: datetime, lifetime: timedelta) -> SignedToken:
    expires_at = (now + lifetime).replace(microsecond=0)
    times = {"iat": int(now.timestamp()), "exp": int(expires_at.timestamp())}
    return SignedToken(jwt.encode({**claims, **times}, secret, algorithm=ALGORITHM), expires_at)
