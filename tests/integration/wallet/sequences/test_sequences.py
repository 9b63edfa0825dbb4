"""No sequence of what users, banks, merchants and clocks do leaves the books wrong.

``HOTLINE_TEST_SEQUENCES`` says how many sequences on each database, drawn anew at each run; unless it is set there are
few, and always the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from argon2 import PasswordHasher
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.wallet.sequences.machine import Sequences
from wallet.settings import Settings

ASKED_FOR = os.environ.get("HOTLINE_TEST_SEQUENCES")
SEQUENCES = {"sqlite": 60, "postgresql": 20}
STEPS = 50


def test_no_sequence_breaks_a_law(
    new_database: Callable[[], str],
    database: str,
    settings: Settings,
    hasher: PasswordHasher,
    record_property: Callable[[str, object], None],
) -> None:
    played: list[Sequences] = []

    def begin() -> Sequences:
        played.append(Sequences(new_database(), settings, hasher))
        return played[-1]

    run_state_machine_as_test(
        begin,
        settings=how(
            max_examples=int(ASKED_FOR or SEQUENCES[database]),
            stateful_step_count=STEPS,
            derandomize=ASKED_FOR is None,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    record_property("sequences", len(played))
    record_property("steps", sum(each.steps for each in played))
