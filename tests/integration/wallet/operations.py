"""What operators do at the wallet under test, by the words of the command line."""

from __future__ import annotations

import argparse

from tests.integration.wallet.house import House
from wallet.operations.commands import add_operations


def parse(*words: str) -> argparse.Namespace:
    """What the command line makes of these words."""
    parser = argparse.ArgumentParser(prog="wallet")
    add_operations(parser.add_subparsers(dest="command", required=True))
    return parser.parse_args(words)


async def operate(house: House, *words: str) -> str:
    """Carry out one command; the line it prints."""
    given = parse(*words)
    return str(await given.operation(house.stage.wallet, given))
