"""Hashes passwords with argon2id, in threads: one hash takes longer than an event loop may stand still."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# The least of OWASP's password storage cheat sheet, a sixth of the work of argon2's own choice (RFC 9106, 64 MiB):
# a wallet of development holds demo users, whose password everyone knows, and makes them by the hundred.
_PASSES, _MEMORY_KIB, _THREADS = 2, 19 * 1024, 1


def hasher_for(*, development: bool) -> PasswordHasher:
    """What hashes the passwords of a wallet."""
    if development:
        return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_THREADS)
    return PasswordHasher()


class Passwords:
    """Makes and checks hashes. Checking against no hash takes as long as against a real one."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._hash_of_nobody = hasher.hash("the password of an account that does not exist")

    async def hash(self, password: str) -> str:
        """A new hash with its own salt."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether a password is the one of a hash; never for None, after the same work."""
        matches = await asyncio.to_thread(self._verify, password_hash or self._hash_of_nobody, password)
        return matches and password_hash is not None

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
