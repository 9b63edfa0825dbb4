"""Figures a dialogue names in braces: {daily_limit}, {resets}, {case} … taken where the truth is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from tests.stack.wallet_app import WalletUser

_FIGURE = re.compile(r"\{(\w+)\}")
_NEAR_DAYS = {
    "zh": {-1: "昨天 ", 0: "今天 ", 1: "明天 "},
    "en": {-1: "yesterday at ", 0: "today at ", 1: "tomorrow at "},
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Figures:
    """What the wallet knows of a user, written as the bot has to write it."""

    def __init__(self, user: WalletUser | None, language: str, zone: str, extra: dict[str, Callable[[], str]]) -> None:
        self._user = user
        self._language = language
        self._zone = ZoneInfo(zone)
        self._extra = extra

    def fill(self, text: str) -> str:
        """The text with its figures."""
        return _FIGURE.sub(lambda found: self[found[1]], text)

    def __getitem__(self, name: str) -> str:
        if name in self._extra:
            return self._extra[name]()
        assert self._user is not None, f"a guest has no {name}"
        return getattr(self, f"_{name}")(self._user)  # type: ignore[no-any-return]

    def _daily_limit(self, user: WalletUser) -> str:
        return money(user.of_me("/limits")["per_day"])

    def _daily_maximum(self, user: WalletUser) -> str:
        return money(user.of_me("/limits")["per_day_maximum"])

    def _payment_limit(self, user: WalletUser) -> str:
        return money(user.of_me("/limits")["per_payment"])

    def _used(self, user: WalletUser) -> str:
        return money(user.of_me("/limits")["used_today"])

    def _left(self, user: WalletUser) -> str:
        limits = user.of_me("/limits")
        return money({"minor": max(limits["per_day"]["minor"] - limits["used_today"]["minor"], 0)})

    def _resets(self, user: WalletUser) -> str:
        return self._when(user.of_me("/limits")["resets_at"])

    def _locked_until(self, user: WalletUser) -> str:
        return self._when(user.of_me("/login-state")["locked_until"])

    def _email(self, user: WalletUser) -> str:
        return user.email

    def _contact(self, user: WalletUser) -> str:
        return str(user.of_me("/login-state")["email_masked"])

    def _card_expires(self, user: WalletUser) -> str:
        day = date.fromisoformat(user.card()["expires"])
        return (
            f"{day.year}年{day.month}月{day.day}日"
            if self._language == "zh"
            else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        )

    def _result_by(self, user: WalletUser) -> str:
        payments = user.of_me("/payments")["items"]
        return self._when(next(payment["result_expected_by"] for payment in payments if payment["result_expected_by"]))

    def _incident_since(self, user: WalletUser) -> str:
        return self._when(self._incident(user)["since"])

    def _incident_end(self, user: WalletUser) -> str:
        return self._when(self._incident(user)["expected_end"])

    def _incident_what(self, user: WalletUser) -> str:
        return str(self._incident(user)["what"][self._language])

    def _incident(self, user: WalletUser) -> dict[str, Any]:
        incidents = user.as_support("/incidents")["items"]
        return next(incident for incident in incidents if incident["channel"] == "bank_transfer")

    def _credit_free_left(self, user: WalletUser) -> str:
        return money(self._quote(user, "topup", "bank_card_credit")["free_remaining"])

    def _credit_fee_of_1000(self, user: WalletUser) -> str:
        return money(self._quote(user, "topup", "bank_card_credit")["fee"])

    def _withdrawal_free_left(self, user: WalletUser) -> str:
        return money(self._quote(user, "withdrawal", "bank_card")["free_remaining"])

    def _quote(self, user: WalletUser, kind: str, channel: str) -> dict[str, Any]:
        query = f"kind={kind}&channel={channel}&amount_minor=100000&currency=CNY&user_id={user.user_id}"
        return user.as_support(f"/fees/quote?{query}")  # type: ignore[no-any-return]

    def _when(self, text: str) -> str:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(self._zone)
        today = datetime.now(timezone.utc).astimezone(self._zone).date()
        near = _NEAR_DAYS[self._language].get((moment.date() - today) // timedelta(days=1), "")
        return f"{near}{moment:%H:%M}"


def money(amount: dict[str, Any]) -> str:
    """The digits of an amount; the currency's sign is a matter of wording."""
    return f"{amount['minor'] / 100:,.2f}"
