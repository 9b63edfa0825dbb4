"""The command line: ``python -m wallet serve``, ``migrate``, ``seed``, ``conformance``, and what operators do."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from wallet.app import create_app_of
from wallet.conformance import command as conformance
from wallet.demo.seed import seed
from wallet.domain.calendar_days import system_clock
from wallet.domain.errors import WalletError
from wallet.log_lines import setup_log
from wallet.operations.commands import add_operations
from wallet.parts import create_parts
from wallet.settings import Settings, gather_environment, prepare_database_folder, read_settings
from wallet.storage.migrate import migrate


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m wallet", description="A reference digital wallet.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="HTTP until told to stop")
    commands.add_parser("migrate", help="bring the database to the present schema")
    commands.add_parser("seed", help="arrange the demo users (development only)")
    conformance.add_arguments(commands.add_parser("conformance", help="try whether a wallet keeps the contract"))
    add_operations(commands)
    given = parser.parse_args()
    # Of another wallet: nothing is read of this one.
    if given.command == "conformance":
        raise SystemExit(conformance.run(given, os.environ, sys.stdout.write))
    settings = read_settings(gather_environment(os.environ))
    prepare_database_folder(settings.database_url)
    setup_log()
    if given.command == "serve":
        serve(settings)
    elif given.command == "migrate":
        asyncio.run(run_migrations(settings))
    elif given.command == "seed":
        asyncio.run(run_seed(settings))
    else:
        asyncio.run(run_operation(settings, given))


def serve(settings: Settings) -> None:
    """Serve HTTP until told to stop."""
    parts = create_parts(settings, system_clock)
    app = create_app_of(parts, settings)
    try:
        app.run(host=settings.host, port=settings.port, access_log=False, motd=False)
    finally:
        # Closed already if the server had started. If not, an open connection would keep the process from ending.
        asyncio.run(parts.database.close())
    if not app.ctx.has_served:
        raise SystemExit(f"cannot listen on {settings.host}:{settings.port}")


async def run_migrations(settings: Settings) -> None:
    """Bring the database to the present schema."""
    parts = create_parts(settings, system_clock)
    try:
        await migrate(parts.engine)
    finally:
        await parts.database.close()


async def run_seed(settings: Settings) -> None:
    """Arrange the demo users; refuses to touch anything but a wallet of development."""
    if not settings.is_development:
        raise SystemExit("HOTLINE_ENVIRONMENT is not development: demo users are only for development")
    parts = create_parts(settings, system_clock)
    try:
        await migrate(parts.engine)
        arranged = await seed(parts.stage)
    finally:
        await parts.database.close()
    sys.stdout.write(f"demo users arranged: {', '.join(arranged) or 'none, all in their states'}\n")


async def run_operation(settings: Settings, given: argparse.Namespace) -> None:
    """What an operator asked for; a refusal ends the command with one line."""
    parts = create_parts(settings, system_clock)
    try:
        await parts.check()
        done = await given.operation(parts.stage.wallet, given)
    except WalletError as error:
        raise SystemExit(str(error)) from error
    finally:
        await parts.database.close()
    sys.stdout.write(f"{done}\n")


if __name__ == "__main__":
    main()
