"""Who talks to the running product."""

from __future__ import annotations

import pytest

from tests.conversations.player import fresh_user
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.widget import WidgetConversation


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture
def visitor(stack: Stack) -> WidgetConversation:
    """A guest with the widget."""
    return WidgetConversation(stack.url("bot"))


@pytest.fixture
def chen(stack: Stack) -> WalletUser:
    """A user of the test's own with a payment over his daily limit."""
    return fresh_user(stack, "chen")
