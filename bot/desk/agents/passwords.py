"""Hashes passwords with argon2id, in threads: one hash takes longer than an event loop may stand still."""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Each hash being made takes 64 MB.
AT_ONCE = 4
HASHER = PasswordHasher()


class Passwords:
    """Makes and checks hashes. Checking against no hash takes as long as against a real one."""

    def __init__(self, hasher: PasswordHasher = HASHER) -> None:
        self._hasher = hasher
        self._hash_of_nobody = _hash_of_nobody(hasher)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        """Make a hash with its own salt."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Tell whether a password is the one of a hash; never for None, after the same work."""
        async with self._turns:
            matches = await asyncio.to_thread(self._verify, password_hash or self._hash_of_nobody, password)
        return matches and password_hash is not None

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("the password of an agent who does not exist")
