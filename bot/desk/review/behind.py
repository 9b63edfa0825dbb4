"""What the bot did between the lines: findings, steps and how they ended, actions, slots. Pure; everything masked.

A slot that is set to what it was says nothing and is left out, and so is what Rasa writes for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.desk.pages.packet import UNTOLD, Value, plain, shown_values
from bot.desk.pages.personal import mask_personal
from bot.store.lines import StoredEvent

_SILENT_ACTIONS = frozenset({"action_listen", "action_session_start"})
# Shown as lines of their own, or only of use to Rasa.
_SILENT_SLOTS = frozenset({"handoff", "session_started_metadata", "requested_slot"})
_LONGEST_VALUE = 300


@dataclass(frozen=True)
class Deed:
    """One thing. `kind` is finding, source, step, tried, ended, action, rejected, form, slot or session.

    `name` is what it is called: a cause, a step, an action, a slot; `result` how it ended, or the value of a slot.
    """

    kind: str
    name: str = ""
    result: str = ""
    values: tuple[Value, ...] = ()
    is_untold: bool = False


@dataclass
class Reader:
    """Reads the events of a piece one after the other, and remembers what each slot was."""

    user_id: str | None
    _slots: dict[str, Any] = field(default_factory=dict)

    def deeds(self, event: StoredEvent) -> list[Deed]:
        """What an event that is no message tells."""
        data = event.data
        kind, name = str(data.get("event")), str(data.get("name") or "")
        if kind == "slot":
            return list(self._slot(name, data.get("value")))
        if kind == "action":
            return [] if name in _SILENT_ACTIONS else [Deed("action", name)]
        if kind == "action_execution_rejected":
            return [Deed("rejected", name)]
        if kind == "active_loop":
            return [Deed("form", name)]
        return [Deed("session")] if kind == "session_started" else []

    def _slot(self, name: str, value: Any) -> Iterator[Deed]:
        before = self._slots.get(name)
        self._slots[name] = value
        if name in _SILENT_SLOTS or value == before:
            return
        if name == "walkthrough":
            yield from self._walkthrough(before or {}, value or {})
        elif name == "episode" and value:
            yield Deed("ended", str(value.get("topic") or ""), str(value.get("outcome") or ""))
        else:
            text = plain(value) if value is not None else ""
            yield Deed("slot", name, mask_personal(text[:_LONGEST_VALUE], self.user_id))

    def _walkthrough(self, before: dict[str, Any], now: dict[str, Any]) -> Iterator[Deed]:
        for tried in (now.get("tried") or [])[len(before.get("tried") or []) :]:
            yield Deed("tried", str(tried.get("step")), str(tried.get("outcome")))
        if now.get("source") != before.get("source") and now:
            yield Deed("source", str(now.get("source")))
        if now.get("findings") != before.get("findings"):
            yield from map(self._finding, now.get("findings") or ())
        step = _step(now)
        if step and (step != _step(before) or now.get("steps") != before.get("steps")):
            yield Deed("step", step)

    def _finding(self, finding: dict[str, Any]) -> Deed:
        cause = str(finding.get("cause"))
        given = {"subject": finding.get("subject"), **(finding.get("values") or {})}
        values = {name: _unmarked(value) for name, value in given.items()}
        return Deed("finding", cause, values=shown_values(values, self.user_id), is_untold=cause in UNTOLD)


def _step(walkthrough: dict[str, Any]) -> str | None:
    steps, position = walkthrough.get("steps") or [], walkthrough.get("position") or 0
    return str(steps[position]) if position < len(steps) else None


def _unmarked(value: Any) -> Any:
    """A value of a walkthrough without the mark of its kind, as a packet has it."""
    if isinstance(value, list):
        return [_unmarked(each) for each in value]
    if isinstance(value, dict) and len(value) == 1:
        ((kind, content),) = value.items()
        return " / ".join(map(str, content.values())) if kind == "text" and isinstance(content, dict) else content
    return value
