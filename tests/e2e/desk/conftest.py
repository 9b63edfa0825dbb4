"""The desk in the browsers of those who work there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import NewContext
from tests.e2e.desk.desk_page import DeskPage, hire
from tests.stack.processes import Stack


@pytest.fixture
def desk_page(stack: Stack, new_context: NewContext) -> Callable[..., DeskPage]:
    """Opens the desk on a new device: ``desk_page("zh", PHONE)``."""

    def make(*device: object, **options: object) -> DeskPage:
        return DeskPage(new_context(*device, **options).new_page(), stack)

    return make


@pytest.fixture
def at_the_desk(stack: Stack, desk_page: Callable[..., DeskPage]) -> Callable[..., DeskPage]:
    """Hires somebody and signs him in: ``at_the_desk("Anna", "lead", "en", PHONE)``."""

    def enter(
        display_name: str, role: str = "agent", language: str = "en", *screen: object, **options: object
    ) -> DeskPage:
        page = desk_page(language, *screen, **options)
        page.sign_in(hire(stack, display_name, role, language))
        return page

    return enter
