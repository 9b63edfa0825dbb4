"""Keeps what has to be read again under seal, and makes fingerprints of what only has to be recognised."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seals:
    """Two keys derived from one secret of the settings; changing that one makes all seals unreadable."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(_derived(secret, b"wallet seals")))
        self._fingerprint_key = _derived(secret, b"wallet fingerprints")

    def seal(self, text: str) -> str:
        """The text unreadable, and unchangeable without notice."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text again. Raises InvalidToken for what was not sealed with this secret."""
        return self._fernet.decrypt(sealed.encode()).decode()

    def fingerprint(self, purpose: str, salt: str, text: str) -> str:
        """The same for the same text, purpose and salt. Keyed: what is easily guessed cannot be found by trying."""
        message = "\0".join((purpose, salt, text)).encode()
        return hmac.new(self._fingerprint_key, message, hashlib.sha256).hexdigest()


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
