"""The operators' commands: how they are called, and what each does."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable

from wallet.contract.refunds import RefundRejection
from wallet.domain.errors import NotFoundError
from wallet.operations.incidents import add_incident_commands
from wallet.services.accounts import unfreeze_account
from wallet.services.identity import set_identity_level
from wallet.services.refunds import decide_refund
from wallet.services.two_factor import lift_two_factor
from wallet.services.wallet import Wallet

Operation = Callable[[Wallet, argparse.Namespace], Awaitable[str]]

REASON_LENGTH = 500


def add_operations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of operators to those of the wallet."""
    unfreeze = _add(commands, "unfreeze", "let a frozen account be used again", _unfreeze)
    unfreeze.add_argument("--reason", required=True, type=_reason)
    identity = _add(commands, "identity", "say how well a user is known", _identity)
    identity.add_argument("level", type=int, choices=(1, 2, 3))
    identity.add_argument("--reason", type=_reason)
    two_factor = _add(commands, "two-factor", "switch a user's two-factor sign-in off", _two_factor)
    two_factor.add_argument("--off", required=True, action="store_true")
    two_factor.add_argument("--reason", type=_reason)
    refund = commands.add_parser("refund", help="answer a refund in the merchant's name")
    refund.add_argument("refund", help="its id")
    answer = refund.add_mutually_exclusive_group(required=True)
    answer.add_argument("--grant", action="store_true")
    answer.add_argument("--reject", choices=[each.value for each in RefundRejection])
    refund.set_defaults(operation=_refund)
    add_incident_commands(commands)


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, says: str, operation: Operation
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says)
    parser.add_argument("user", help="user id, phone or e-mail")
    parser.set_defaults(operation=operation)
    return parser


def _reason(text: str) -> str:
    if not text.strip() or len(text) > REASON_LENGTH:
        raise argparse.ArgumentTypeError(f"a reason is 1 to {REASON_LENGTH} characters")
    return text.strip()


async def _unfreeze(wallet: Wallet, given: argparse.Namespace) -> str:
    user_id = await _user_id(wallet, given.user)
    await unfreeze_account(wallet, user_id, given.reason)
    return f"{user_id}: no longer frozen"


async def _identity(wallet: Wallet, given: argparse.Namespace) -> str:
    user_id = await _user_id(wallet, given.user)
    await set_identity_level(wallet, user_id, given.level, given.reason)
    return f"{user_id}: identity level {given.level}"


async def _two_factor(wallet: Wallet, given: argparse.Namespace) -> str:
    user_id = await _user_id(wallet, given.user)
    await lift_two_factor(wallet, user_id, given.reason)
    return f"{user_id}: two-factor sign-in is off"


async def _refund(wallet: Wallet, given: argparse.Namespace) -> str:
    refund = await decide_refund(wallet, given.refund, RefundRejection(given.reject) if given.reject else None)
    return f"{refund.id}: {refund.status.value}"


async def _user_id(wallet: Wallet, login: str) -> str:
    async with wallet.storage.reading() as unit:
        user = await unit.users.find_by_login(login)
    if user is None:
        raise NotFoundError("no such user")
    return user.id
