"""Reads a playbook: which steps a cause calls for, and what kind each step is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

import yaml


class StepKind(str, Enum):
    """What the user's answer to a step means."""

    CONFIRM = "confirm"
    LOGIN = "login"
    LINK = "link"
    FIX = "fix"
    OFFER = "offer"
    WAIT = "wait"


@dataclass(frozen=True)
class Step:
    """One step. ``operation`` is what the bot does after a yes, ``otherwise`` the steps after a no."""

    name: str
    kind: StepKind
    operation: str | None = None
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True)
class Playbook:
    """The documented steps of one topic."""

    checklist: tuple[str, ...]
    causes: dict[str, tuple[str, ...]]
    steps: dict[str, Step]

    def step(self, name: str) -> Step:
        """The step of that name; a fix unless the playbook says otherwise."""
        return self.steps.get(name) or Step(name, StepKind.FIX)


@cache
def load_playbook(topic: str) -> Playbook:
    """The playbook ``<topic>.yml`` beside this module."""
    content = yaml.safe_load(Path(__file__).with_name(f"{topic}.yml").read_text(encoding="utf-8"))
    return Playbook(
        checklist=tuple(content["checklist"]),
        causes={cause: tuple(steps) for cause, steps in content["causes"].items()},
        steps={
            name: Step(name, StepKind(row["kind"]), row.get("operation"), tuple(row.get("otherwise", ())))
            for name, row in content["steps"].items()
        },
    )
