"""The clients of the actions, connected to the real wallet and the real desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from actions.gateway.desk_client import DeskClient
from actions.gateway.http import JsonService
from actions.gateway.wallet_client import WalletClient
from tests.stack.desk_api import Desk
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

MakeUser = Callable[[str], WalletUser]


@pytest.fixture
async def wallet(stack: Stack) -> AsyncIterator[WalletClient]:
    service = JsonService(stack.url("wallet"), stack.settings["HOTLINE_WALLET_SUPPORT_TOKEN"], 1, 20)
    yield WalletClient(service)
    await service.close()


@pytest.fixture(scope="session")
def lone_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A desk without a bot: one would refuse whatever is told of conversations that it does not know."""
    started = Stack(tmp_path_factory.mktemp("desk") / "var")
    started.logs.mkdir(parents=True)
    try:
        started.start("desk")
        yield started
    finally:
        started.stop_all()


@pytest.fixture
async def desk(lone_desk: Stack) -> AsyncIterator[DeskClient]:
    service = JsonService(lone_desk.url("desk"), lone_desk.settings["HOTLINE_DESK_TOKEN"], 1, 20)
    yield DeskClient(service)
    await service.close()


@pytest.fixture
def desk_api(lone_desk: Stack) -> Desk:
    return Desk(lone_desk.url("desk"), lone_desk.settings["HOTLINE_DESK_TOKEN"])


@pytest.fixture
def make_user(stack: Stack) -> MakeUser:
    """A fresh user in the state of a demo user."""

    def make(scenario: str) -> WalletUser:
        return WalletUser.fresh(stack.url("wallet"), stack.settings["HOTLINE_WALLET_SUPPORT_TOKEN"], scenario)

    return make
