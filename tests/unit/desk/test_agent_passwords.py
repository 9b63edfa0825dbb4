"""Passwords are hashed with argon2id, and to check one costs the same whoever is asked for."""

from __future__ import annotations

import argon2
import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from bot.desk.agents.passwords import HASHER, Passwords


class CountingHasher(PasswordHasher):
    """A cheap hasher that tells what it was asked to check."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.checked.append(str(hash))
        return super().verify(hash, password)


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


async def test_a_password_matches_its_hash_alone(hasher: CountingHasher) -> None:
    passwords = Passwords(hasher)
    hashed = await passwords.hash("correct horse battery")

    assert await passwords.verify(hashed, "correct horse battery") is True
    assert await passwords.verify(hashed, "correct horse batterz") is False


async def test_two_hashes_of_one_password_differ(hasher: CountingHasher) -> None:
    passwords = Passwords(hasher)

    assert await passwords.hash("correct horse battery") != await passwords.hash("correct horse battery")


async def test_for_somebody_who_does_not_exist_a_hash_is_checked_all_the_same(hasher: CountingHasher) -> None:
    passwords = Passwords(hasher)
    real = await passwords.hash("correct horse battery")
    await passwords.verify(real, "a guess")
    found = await passwords.verify(None, "the password of an agent who does not exist")

    assert found is False
    assert len(hasher.checked) == 2
    costs = [argon2.extract_parameters(checked) for checked in hasher.checked]
    assert costs[0] == costs[1]


async def test_a_hash_that_is_none_lets_nobody_in(hasher: CountingHasher) -> None:
    assert await Passwords(hasher).verify("not a hash", "correct horse battery") is False


def test_the_hash_is_argon2id_at_the_cost_that_is_advised() -> None:
    cost = argon2.extract_parameters(HASHER.hash("correct horse battery"))

    assert cost.type is Type.ID
    assert (cost.memory_cost >= 19 * 1024, cost.time_cost >= 2) == (True, True)
