"""``python -m wallet conformance``: try a wallet, print a line for each requirement."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from wallet.conformance.asking import Target, UnreachableError
from wallet.conformance.checks import NotMet, NotTried
from wallet.conformance.requirements import REQUIREMENTS, Requirement

MET, NOT_MET, NOT_TRIED = "met", "not met", "not tried"
EXIT_MET, EXIT_NOT_MET, EXIT_CANNOT_TRY = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("url", metavar="URL", help="where the wallet is, such as https://wallet.example")
    parser.add_argument("--token-env", required=True, metavar="NAME", help="variable with the service token")
    parser.add_argument("--read-token-env", metavar="NAME", help="variable with a token that may only read")
    parser.add_argument("--user", metavar="ID", help="a user to look at; nothing of his changes")
    parser.add_argument("--protect-user", metavar="ID", help="a user to freeze, card and account; of a test system")


def run(arguments: argparse.Namespace, environ: Mapping[str, str], write: Callable[[str], object]) -> int:
    """Try everything. 0: nothing is not met, 1: something is, 2: it could not be tried at all."""
    token = environ.get(arguments.token_env)
    read_token = environ.get(arguments.read_token_env) if arguments.read_token_env else None
    if not token or (arguments.read_token_env and not read_token):
        write(f"{arguments.read_token_env if token else arguments.token_env} is empty\n")
        return EXIT_CANNOT_TRY
    target = Target(
        url=arguments.url.rstrip("/"),
        token=token,
        read_token=read_token,
        user=arguments.user,
        protected_user=arguments.protect_user,
    )
    try:
        results = [_try(requirement, target, write) for requirement in REQUIREMENTS]
    except UnreachableError as error:
        write(f"{error}\n")
        return EXIT_CANNOT_TRY
    write(f"{', '.join(f'{results.count(result)} {result}' for result in (MET, NOT_MET, NOT_TRIED))}\n")
    return EXIT_NOT_MET if NOT_MET in results else EXIT_MET


def _try(requirement: Requirement, target: Target, write: Callable[[str], object]) -> str:
    result, why = MET, ""
    try:
        requirement.check(target)
    except NotMet as found:
        result, why = NOT_MET, f" - {found}"
    except NotTried as found:
        result, why = NOT_TRIED, f" - {found}"
    write(f"{result:<9}  {requirement.name:<18} {requirement.says}{why}\n")
    return result
