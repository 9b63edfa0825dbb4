"""What all movements go through alike: once per key, the issuer asked outside any transaction, then settled.

Finding and listing what a user made is the same for refunds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from wallet.domain.errors import IdempotencyKeyReusedError, InvalidRequestError, NotFoundError
from wallet.domain.idempotency import UsedKey
from wallet.domain.identifiers import new_id
from wallet.domain.issuer import NO_SUCH_ORDER, UNREACHABLE, IssuerUnreachableError
from wallet.domain.ledger import account_of
from wallet.domain.movements import Movement
from wallet.services.accounts import known_user
from wallet.services.ports import Movements, Owned, Records, UnitOfWork
from wallet.services.wallet import Wallet

M = TypeVar("M", bound=Movement)
R = TypeVar("R", bound=Owned)
MovementsIn = Callable[[UnitOfWork], Movements[M]]
RecordsIn = Callable[[UnitOfWork], Records[R]]


async def find_earlier(unit: UnitOfWork, records: Records[R], wanted: UsedKey) -> R | None:
    """What this key has made before. Raises IdempotencyKeyReusedError if it was for something else."""
    used = await unit.keys.get(wanted.user_id, wanted.key)
    if used is None:
        return None
    if used.fingerprint != wanted.fingerprint:
        raise IdempotencyKeyReusedError()
    return await records.get(used.movement_id)


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
    # Until then the order may still be on its way, and money given back would be gone twice.
    if code == NO_SUCH_ORDER and not movement.is_overdue(wallet.now()):
        return movement
    return await _settle(wallet, movements_in, movement, code)


async def find_own(wallet: Wallet, records_in: RecordsIn[R], user_id: str, record_id: str) -> R:
    """What a user made. Raises NotFoundError, also for what somebody else did."""
    async with wallet.storage.reading() as unit:
        record = await records_in(unit).get(record_id)
    if record is None or record.user_id != user_id:
        raise NotFoundError()
    return record


async def list_own(wallet: Wallet, records_in: RecordsIn[R], user_id: str, limit: int, cursor: str | None) -> list[R]:
    """One page of what a user made, newest first, behind what the cursor names."""
    async with wallet.storage.reading() as unit:
        after = await records_in(unit).get(cursor) if cursor else None
        if cursor and (after is None or after.user_id != user_id):
            raise InvalidRequestError("no such cursor", field="cursor")
        return await records_in(unit).page(user_id, limit, after)


async def list_since(
    wallet: Wallet, records_in: RecordsIn[R], user_id: str, limit: int, since: datetime | None
) -> list[R]:
    """The latest that a known user made, newest first."""
    async with wallet.storage.reading() as unit:
        await known_user(unit, user_id)
        return await records_in(unit).page(user_id, limit, since=since)


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
