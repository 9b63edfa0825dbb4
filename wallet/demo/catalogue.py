"""Puts the demo's channels and fee rules into the wallet."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from wallet.contract.money import Money
from wallet.contract.payloads import CardKind, FeeKind, LocalizedText, TopupChannel
from wallet.demo.stage import Stage
from wallet.domain.currency import CURRENCY
from wallet.domain.fees import FeeRule
from wallet.domain.withdrawals import WithdrawalChannel
from wallet.texts.catalogue import localized

_FOLDER = Path(__file__).parent


async def install_catalogue(stage: Stage) -> None:
    """Every channel and every fee rule, as the files say."""
    content = _read("catalogue.yml")
    async with stage.wallet.storage.writing() as unit:
        for code, channel in content["channels"].items():
            await unit.offers.put_channel(_channel(code, channel))
        for code, bounds in content["withdrawals"].items():
            await unit.offers.put_withdrawal_channel(_withdrawal_channel(code, bounds))
        for rule in content["fees"]:
            await unit.offers.put_fee_rule(_fee_rule(rule))


def incident_words(channel: str) -> LocalizedText:
    """What is the matter with a channel, when something is."""
    return localized(_read("incidents.yml")[channel])


def _channel(code: str, channel: dict[str, Any]) -> TopupChannel:
    return TopupChannel(
        code=code,
        name=localized(channel["name"]),
        enabled=True,
        card_kinds=[CardKind(kind) for kind in channel["card_kinds"]],
        minimum=Money.parse(channel["minimum"], CURRENCY),
        maximum=Money.parse(channel["maximum"], CURRENCY),
        incident=None,
    )


def _withdrawal_channel(code: str, bounds: dict[str, str]) -> WithdrawalChannel:
    minimum, maximum = (Money.parse(bounds[name], CURRENCY) for name in ("minimum", "maximum"))
    return WithdrawalChannel(code, minimum, maximum, incident=None)


def _fee_rule(rule: dict[str, Any]) -> FeeRule:
    quota, condition = rule.get("free_quota"), rule.get("condition")
    return FeeRule(
        kind=FeeKind(rule["kind"]),
        channel=rule["channel"],
        rate=Decimal(rule["rate"]),
        minimum=Money.parse(rule["minimum"], CURRENCY),
        free_quota=Money.parse(quota, CURRENCY) if quota else None,
        condition=localized(condition) if condition else None,
    )


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
