"""The range of minutes until one's turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.handoffs.wait import FEWEST_SERVICES, wait_range

EIGHT_MINUTES = [480.0] * FEWEST_SERVICES
SERVICES = st.lists(st.floats(0, 100_000), min_size=FEWEST_SERVICES, max_size=50)


@pytest.mark.parametrize(
    ("position", "agents", "services_s", "expected"),
    [
        (1, 0, EIGHT_MINUTES, None),
        (1, 1, EIGHT_MINUTES[1:], None),
        (1, 1, EIGHT_MINUTES, (8, 9)),
        (3, 1, EIGHT_MINUTES, (24, 25)),
        (3, 3, EIGHT_MINUTES, (8, 9)),
        (1, 1, [240.0, 360.0, 480.0, 600.0, 720.0], (6, 10)),
        (1, 1, [720.0, 240.0, 600.0, 360.0, 480.0], (6, 10)),
        (2, 4, [1.0] * 5, (1, 2)),
    ],
)
def test_position_agents_and_the_last_services_give_the_range(
    position: int, agents: int, services_s: list[float], expected: tuple[int, int] | None
) -> None:
    assert wait_range(position, agents, services_s) == expected


@given(st.integers(1, 200), st.integers(1, 50), SERVICES)
def test_a_range_is_never_empty_and_grows_along_the_queue(position: int, agents: int, services_s: list[float]) -> None:
    here, behind = wait_range(position, agents, services_s), wait_range(position + 1, agents, services_s)

    assert here is not None and behind is not None
    assert 1 <= here[0] < here[1]
    assert behind[0] >= here[0] and behind[1] >= here[1]
