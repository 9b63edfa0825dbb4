"""A desk for the tests of a module, and agents with browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from bot.desk.agents.payloads import Role
from tests.e2e.desk.pages.agent_page import AgentPage
from tests.e2e.desk.pages.running_desk import RunningDesk, running_desk
from tests.e2e.screens import DESKTOP

_NUMBERS = count(1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk that serves."""
    with running_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture
def number() -> str:
    """A number that no other test of the desk has."""
    return f"WH-TEST-{next(_NUMBERS):04}"


@pytest.fixture
def enter(desk: RunningDesk, new_context: Callable[..., Any]) -> Callable[..., AgentPage]:
    """Sign a new agent in on a new device: ``enter("Li Lei", "zh", PHONE)``; he takes conversations."""

    def sign_in(
        display_name: str = "Li Lei",
        language: str = "en",
        screen: dict[str, Any] = DESKTOP,
        role: Role = Role.AGENT,
        **options: Any,
    ) -> AgentPage:
        token = desk.sign_in(f"agent{next(_NUMBERS)}", display_name, role, language)
        context = new_context(language, screen, **options)
        context.add_cookies([{"name": "desk_session", "value": token, "url": desk.url}])
        page = AgentPage(context.new_page(), desk.url)
        page.visit()
        page.be_available()
        return page

    return sign_in
