"""The command that tries a wallet: ours keeps the contract, and each thing another one breaks is told."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web

from tests.fakes.loopback import Loopback, answering
from tests.integration.wallet.conformance.broken import BREAKS, changing
from tests.integration.wallet.databases import ON_ONE_DATABASE
from tests.integration.wallet.house import House
from wallet.conformance import command
from wallet.conformance.asking import Target
from wallet.conformance.requirements import REQUIREMENTS

NAMES = [requirement.name for requirement in REQUIREMENTS]


async def attempt(house: House, url: str | None = None, **left_out: None) -> tuple[int, dict[str, str], str]:
    """The exit code, the result of each requirement, and all that was printed."""
    user = await house.user("100")
    await user.bind_card()
    for _ in range(2):
        payment = await user.pay("1")
        house.clock.advance(minutes=1)
    await user.ask_refund(payment.body["id"])
    await user.transfer("1", "nobody@example.com")
    options = {"user": user.user_id, "protect_user": user.user_id, "read_token_env": "READ", **left_out}
    arguments = argparse.Namespace(url=url or house.url, token_env="TOKEN", **options)
    environ = {"TOKEN": house.settings.support_token, "READ": house.settings.support_read_token or ""}
    lines: list[str] = []
    code = await asyncio.to_thread(command.run, arguments, environ, lines.append)
    results = {}
    for line in lines:
        result, _, rest = line.partition("  ")
        if rest.split()[:1] and rest.split()[0] in NAMES:
            results[rest.split()[0]] = result.strip()
    return code, results, "".join(lines)


async def test_our_wallet_meets_all_of_it(house: House) -> None:
    code, results, printed = await attempt(house)
    assert {name: result for name, result in results.items() if result != "met"} == {}, printed
    assert (code, list(results)) == (0, NAMES)
    assert house.settings.support_token not in printed


@ON_ONE_DATABASE
@pytest.mark.parametrize("name", NAMES)
async def test_a_wallet_that_breaks_it_is_told(house: House, name: str) -> None:
    async with changing(house.url, BREAKS[name]) as url:
        code, results, printed = await attempt(house, url)
    assert (code, results[name]) == (1, "not met"), printed


async def test_what_changes_something_is_tried_with_nobody_who_is_not_named_for_it(house: House) -> None:
    code, results, printed = await attempt(house, user=None, protect_user=None, read_token_env=None)
    assert code == 0
    assert {results[name] for name in ("freeze", "card-freeze", "reset-link", "scope", "payments")} == {"not tried"}
    assert "--protect-user" in printed


async def test_without_a_user_to_freeze_nobody_is_frozen(house: House) -> None:
    user = await house.user()
    options = argparse.Namespace(
        url=house.url, token_env="TOKEN", user=user.user_id, protect_user=None, read_token_env=None
    )
    environ = {"TOKEN": house.settings.support_token}
    assert await asyncio.to_thread(command.run, options, environ, lambda line: None) == 0
    assert (await user.get("/v1/me")).body["status"] == "active"


def test_the_command_needs_no_settings_and_says_when_nothing_answers(tmp_path: Path) -> None:
    environment = {"TOKEN": "x", "PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    tried = subprocess.run(
        [sys.executable, "-m", "wallet", "conformance", "http://127.0.0.1:1", "--token-env", "TOKEN"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (tried.returncode, tried.stderr) == (2, "")
    assert "does not answer" in tried.stdout


async def test_the_token_is_not_carried_to_where_a_redirect_leads() -> None:
    async with Loopback(answering()) as elsewhere:

        async def redirecting(_: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": f"{elsewhere.url}/v1/support/incidents"})

        async with Loopback(redirecting) as server:
            got = await asyncio.to_thread(Target(server.url, "secret").support, "/incidents")
    assert got.status == 302
    assert elsewhere.requests == []


def test_the_command_says_when_there_is_no_token() -> None:
    lines: list[str] = []
    options = argparse.Namespace(url="http://127.0.0.1:1", token_env="TOKEN", read_token_env=None)
    assert command.run(options, {}, lines.append) == 2
    assert lines == ["TOKEN is empty\n"]
