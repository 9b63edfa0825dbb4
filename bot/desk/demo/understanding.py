"""What the classifier would have made of a line: an intent, how sure, the runners-up; of the same line the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from bot.store.summary import FALLBACK

_THRESHOLD = 0.4
_RUNNERS_UP = 9
_LEVELS, _DIGITS = 509, 6  # different degrees of being sure, and how exactly each is told
# How sure it is, from the surest line to the least sure that is still acted on.
_SUREST, _LEAST_SURE = 0.9993, 0.56
_LEAST, _MOST = 0.18, 0.48  # how sure it is of what it does not act on
# The intents that are mixed up most; after them comes any.
_NEAR = {
    "login_failure": ("manage_account", "step_failed", "ask_security"),
    "payment_failure": ("transfer_failure", "topup_failure", "step_failed"),
    "topup_failure": ("ask_usage", "transfer_failure", "payment_failure"),
    "transfer_failure": ("payment_failure", "topup_failure", "ask_refund"),
    "report_fraud": ("ask_security", "ask_refund", "payment_failure"),
    "ask_fees": ("ask_limits", "ask_usage", "transfer_failure"),
    "ask_limits": ("ask_fees", "ask_usage", "payment_failure"),
    "ask_usage": ("topup_failure", "ask_card_binding", "ask_limits"),
    "ask_refund": ("payment_failure", "report_fraud", "transfer_failure"),
    "step_failed": ("deny", "payment_failure", "repeat"),
    "step_done": ("thank", "affirm", "goodbye"),
    "affirm": ("step_done", "thank", "will_try"),
    "deny": ("step_failed", "cancel", "goodbye"),
}


class Understanding:
    """Makes rankings over the intents there are."""

    def __init__(self, intents: list[str]) -> None:
        self._intents = intents
        self._nearest = lru_cache(maxsize=None)(self._find_nearest)

    def of(self, intent: str, text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The intent and its ranking; for the fallback, what it was torn between stands behind it."""
        draw = crc32(text.encode())
        level = draw % _LEVELS
        if intent == FALLBACK:
            torn = self._nearest(self._intents[draw % len(self._intents)], self._start(draw))
            understood = {"name": FALLBACK, "confidence": _THRESHOLD}
            return understood, [understood, *_ranked(torn, _torn(level))]
        ranking = _ranked((intent, *self._nearest(intent, self._start(draw))), _sure(level))
        return ranking[0], ranking

    def _start(self, draw: int) -> int:
        return (draw >> 16) % len(self._intents)

    def _find_nearest(self, intent: str, start: int) -> tuple[str, ...]:
        near = list(_NEAR.get(intent, ()))
        others = (self._intents[(start + step * 7) % len(self._intents)] for step in range(len(self._intents)))
        for name in others:
            if len(near) == _RUNNERS_UP:
                break
            if name != intent and name not in near:
                near.append(name)
        return tuple(near)


def _ranked(names: Sequence[str], confidences: Sequence[float]) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in zip(names, confidences, strict=False)]


@cache
def _sure(level: int) -> tuple[float, ...]:
    """Confidences of a line that is acted on. Most are sure; the fourth power keeps the unsure ones few."""
    return _falling(_SUREST - (_SUREST - _LEAST_SURE) * (level / _LEVELS) ** 4, 0.5)


@cache
def _torn(level: int) -> tuple[float, ...]:
    """Confidences of a line that is not acted on."""
    return _falling(_LEAST + (_MOST - _LEAST) * level / _LEVELS, 0.72)


def _falling(first: float, ratio: float) -> tuple[float, ...]:
    """Confidences that fall by a ratio and add up to one or less."""
    confidences, left = [first], 1 - first
    for _ in range(_RUNNERS_UP):
        confidences.append(min(left * (1 - ratio), confidences[-1]))
        left -= confidences[-1]
    return tuple(round(confidence, _DIGITS) for confidence in confidences)
