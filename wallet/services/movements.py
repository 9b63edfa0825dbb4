"""What all movements go through alike: once per key, the issuer asked outside any transaction, then settled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from wallet.domain.errors import IdempotencyKeyReusedError, InvalidRequestError, NotFoundError
from wallet.domain.idempotency import UsedKey
from wallet.domain.identifiers import new_id
from wallet.domain.issuer import UNREACHABLE, IssuerUnreachableError
from wallet.domain.ledger import account_of
from wallet.domain.movements import Movement
from wallet.services.accounts import known_user
from wallet.services.ports import Movements, UnitOfWork
from wallet.services.wallet import Wallet

M = TypeVar("M", bound=Movement)
MovementsIn = Callable[[UnitOfWork], Movements[M]]


async def find_earlier(unit: UnitOfWork, movements: Movements[M], wanted: UsedKey) -> M | None:
    """The movement this key has made before. Raises IdempotencyKeyReusedError if it was another one."""
    used = await unit.keys.get(wanted.user_id, wanted.key)
    if used is None:
        return None
    if used.fingerprint != wanted.fingerprint:
        raise IdempotencyKeyReusedError()
    return await movements.get(used.movement_id)


async def record(wallet: Wallet, unit: UnitOfWork, movements: Movements[M], movement: M, used: UsedKey) -> None:
    """Keep a new movement and its key, and book what moves by it at once."""
    await movements.add(movement)
    await unit.keys.add(used)
    await _book(wallet, unit, movement)


async def ask_issuer(wallet: Wallet, movements_in: MovementsIn[M], movement: M, answer: Awaitable[str]) -> M:
    """Wait for the issuer's answer to a pending movement and settle it. No transaction is open meanwhile."""
    try:
        code = await answer
    except IssuerUnreachableError:
        code = UNREACHABLE
    return await _settle(wallet, movements_in, movement, code)


async def query_issuer(wallet: Wallet, movements_in: MovementsIn[M], user_id: str, movement_id: str) -> M:
    """Ask the issuer about the same order again. What is settled already stays as it is."""
    movement = await find_own(wallet, movements_in, user_id, movement_id)
    if not movement.may_be_queried(wallet.now()):
        return movement
    try:
        code = await wallet.issuer.query(movement.id, wallet.now())
    except IssuerUnreachableError:
        return movement
    return await _settle(wallet, movements_in, movement, code)


async def find_own(wallet: Wallet, movements_in: MovementsIn[M], user_id: str, movement_id: str) -> M:
    """A user's own movement. Raises NotFoundError, also for one of someone else."""
    async with wallet.storage.reading() as unit:
        movement = await movements_in(unit).get(movement_id)
    if movement is None or movement.user_id != user_id:
        raise NotFoundError()
    return movement


async def list_own(
    wallet: Wallet, movements_in: MovementsIn[M], user_id: str, limit: int, cursor: str | None
) -> list[M]:
    """One page of a user's movements, newest first, behind the one the cursor names."""
    async with wallet.storage.reading() as unit:
        after = await movements_in(unit).get(cursor) if cursor else None
        if cursor and (after is None or after.user_id != user_id):
            raise InvalidRequestError("no such cursor", field="cursor")
        return await movements_in(unit).page(user_id, limit, after)


async def list_since(
    wallet: Wallet, movements_in: MovementsIn[M], user_id: str, limit: int, since: datetime | None
) -> list[M]:
    """A known user's latest movements, newest first."""
    async with wallet.storage.reading() as unit:
        await known_user(unit, user_id)
        return await movements_in(unit).page(user_id, limit, since=since)


async def _settle(wallet: Wallet, movements_in: MovementsIn[M], movement: M, code: str) -> M:
    async with wallet.storage.writing() as unit:
        await unit.ledger.lock(account_of(movement.user_id))
        movements = movements_in(unit)
        current = await movements.get(movement.id)
        if current is None or not current.is_open:
            return current or movement
        settled = current.answered(code)
        await movements.update(settled)
        await _book(wallet, unit, settled)
    return settled


async def _book(wallet: Wallet, unit: UnitOfWork, movement: Movement) -> None:
    entry = movement.entry(new_id("jrn"), wallet.now())
    if entry is not None:
        await unit.ledger.book(entry)
