"""The cases that both twins must agree on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bot.privacy.folded import CUT

_CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("secrets_cases.yml").read_text(encoding="utf-8"))

LEFT_ALONE: list[str] = _CASES["leave"]
TO_BE_CUT: list[tuple[str, str, str]] = [
    (re.sub("[⟦⟧]", "", marked), re.sub("⟦[^⟧]*⟧", CUT, marked), kind)
    for kind, sentences in _CASES["cut"].items()
    for marked in sentences
]
"""What is typed, what stays, and the kind."""
