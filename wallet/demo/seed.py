"""Brings the demo users into their states. What still holds is left alone, so it may run at every start."""

from __future__ import annotations

from wallet.demo.catalogue import install_catalogue
from wallet.demo.people import arrange, make_user
from wallet.demo.promises import exists, holds
from wallet.demo.scenarios import load_scenarios
from wallet.demo.stage import Stage


async def seed(stage: Stage) -> list[str]:
    """Arrange every demo user whose state does not hold, and say who that was."""
    await install_catalogue(stage)
    arranged = []
    for name, scenario in load_scenarios().items():
        if not await exists(stage, name):
            await make_user(stage, name, scenario.person)
        elif await holds(stage, scenario, name):
            continue
        await arrange(stage, scenario, name)
        arranged.append(name)
    return arranged
