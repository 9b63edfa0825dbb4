"""How much work a password hash is."""

from __future__ import annotations

from argon2 import DEFAULT_MEMORY_COST, DEFAULT_TIME_COST

from wallet.services.passwords import hasher_for


def test_a_wallet_of_real_users_hashes_with_the_whole_work_of_argon2() -> None:
    hasher = hasher_for(development=False)
    assert (hasher.memory_cost, hasher.time_cost) == (DEFAULT_MEMORY_COST, DEFAULT_TIME_COST)


def test_a_wallet_of_demo_users_hashes_with_the_least_that_is_still_called_safe() -> None:
    hasher = hasher_for(development=True)
    assert (hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (19 * 1024, 2, 1)


def test_what_one_of_them_made_is_known_to_the_other() -> None:
    made = hasher_for(development=True).hash("a right password")
    assert hasher_for(development=False).verify(made, "a right password")
