"""A walkthrough: what was found, which steps it calls for, where the user stands, what was tried."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from actions.diagnosis.finding import Finding
from wallet.contract.encoding import to_json
from wallet.contract.money import Money
from wallet.contract.payloads import LocalizedText


class Source(str, Enum):
    """Where the steps come from: the user's account, or the checklist and why only that."""

    ACCOUNT = "account"
    NOTHING_FOUND = "nothing_found"
    GUEST = "guest"
    AWAY = "away"
    UNKNOWN_USER = "unknown_user"


@dataclass(frozen=True)
class Tried:
    """A step and how it ended: done, failed, declined, sent, solved …"""

    step: str
    outcome: str
    at: str


@dataclass(frozen=True)
class Walkthrough:
    """One walkthrough, kept in a slot between turns.

    ``focus`` is the place of the finding being asked about while ``confirming``, later of the one the steps are for.
    ``linking`` is the step of finding out who writes, before anything can be looked at, ``said`` what he came with.
    ``unseen`` counts how often the user said it worked and the wallet did not show it.
    """

    topic: str
    started_at: datetime
    source: Source
    findings: tuple[Finding, ...] = ()
    focus: int = 0
    confirming: bool = False
    linking: str | None = None
    said: dict[str, Any] | None = None
    steps: tuple[str, ...] = ()
    position: int = 0
    unseen: int = 0
    tried: tuple[Tried, ...] = ()

    @property
    def finding(self) -> Finding | None:
        """The finding being asked about or worked on."""
        return self.findings[self.focus] if self.focus < len(self.findings) else None

    @property
    def step(self) -> str | None:
        """The step being asked about; None when there is no further one."""
        return self.steps[self.position] if self.position < len(self.steps) else None

    def record(self, step: str, outcome: str, now: datetime) -> Walkthrough:
        """The same with one more step tried."""
        return replace(self, tried=(*self.tried, Tried(step, outcome, to_json(now))))

    def to_slot(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            **asdict(self),
            "started_at": to_json(self.started_at),
            "source": self.source.value,
            "findings": [finding_to_json(finding) for finding in self.findings],
            "steps": list(self.steps),
            "tried": [asdict(tried) for tried in self.tried],
        }

    @classmethod
    def from_slot(cls, value: dict[str, Any] | None) -> Walkthrough | None:
        """The walkthrough of a slot; None for an empty one."""
        if not value:
            return None
        return cls(
            **{
                **value,
                "started_at": _time(value["started_at"]),
                "source": Source(value["source"]),
                "findings": tuple(finding_from_json(finding) for finding in value["findings"]),
                "steps": tuple(value["steps"]),
                "tried": tuple(Tried(**tried) for tried in value["tried"]),
            }
        )


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON, its values marked with their kind."""
    return {
        "cause": finding.cause,
        "told": finding.told,
        "plan": finding.plan,
        "subject": finding.subject,
        "at": to_json(finding.at) if finding.at else None,
        "values": {name: _mark(value) for name, value in finding.values.items()},
    }


def finding_from_json(value: dict[str, Any]) -> Finding:
    """The finding that ``finding_to_json`` wrote."""
    values = {name: _unmark(marked) for name, marked in value["values"].items()}
    return Finding(**{**value, "at": _time(value["at"]) if value["at"] else None, "values": values})


def _mark(value: Any) -> Any:
    if isinstance(value, Money):
        return {"money": to_json(value)}
    if isinstance(value, LocalizedText):
        return {"text": to_json(value)}
    if isinstance(value, datetime):
        return {"time": to_json(value)}
    if isinstance(value, date):
        return {"date": to_json(value)}
    if isinstance(value, (list, tuple)):
        return [_mark(item) for item in value]
    return value


def _unmark(value: Any) -> Any:
    if isinstance(value, list):
        return [_unmark(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "money":
        return Money(**content)
    if kind == "text":
        return LocalizedText(**content)
    return _time(content) if kind == "time" else date.fromisoformat(content)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
