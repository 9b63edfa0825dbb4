"""Channels, incidents and fee rules."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update

from wallet.contract.money import Money
from wallet.contract.payloads import CardKind, FeeKind, Incident, LocalizedText, TopupChannel
from wallet.domain.fees import FeeRule
from wallet.domain.withdrawals import WithdrawalChannel
from wallet.storage.rows import Repository, money
from wallet.storage.tables.offers import fee_rules, incidents, topup_channels, withdrawal_channels


class SqlOffers(Repository):
    """The tables topup_channels, withdrawal_channels, incidents and fee_rules."""

    async def put_channel(self, channel: TopupChannel) -> None:
        """Add a channel, or replace the one of that code."""
        await self._run(delete(topup_channels).where(topup_channels.c.code == channel.code))
        await self._run(
            insert(topup_channels).values(
                code=channel.code,
                name_zh=channel.name.zh,
                name_en=channel.name.en,
                enabled=channel.enabled,
                card_kinds=",".join(kind.value for kind in channel.card_kinds),
                minimum_minor=channel.minimum.minor,
                maximum_minor=channel.maximum.minor,
                currency=channel.minimum.currency,
            )
        )

    async def channels(self, now: datetime) -> list[TopupChannel]:
        """Every channel with the incident that is open on it by now."""
        open_now = await self._begun_incidents(now)
        rows = await self._all(select(topup_channels).order_by(topup_channels.c.code))
        return [_channel(row, _concerning(open_now, row.code)) for row in rows]

    async def put_withdrawal_channel(self, channel: WithdrawalChannel) -> None:
        """Add a way out, or replace the one of that code."""
        await self._run(delete(withdrawal_channels).where(withdrawal_channels.c.code == channel.code))
        bounds = {"minimum_minor": channel.minimum.minor, "maximum_minor": channel.maximum.minor}
        currency = channel.minimum.currency
        await self._run(insert(withdrawal_channels).values(code=channel.code, **bounds, currency=currency))

    async def withdrawal_channel(self, code: str, now: datetime) -> WithdrawalChannel | None:
        """The way out of that code with the incident that is open on it by now."""
        row = await self._first(select(withdrawal_channels).where(withdrawal_channels.c.code == code))
        if row is None:
            return None
        bounds = Money(row.minimum_minor, row.currency), Money(row.maximum_minor, row.currency)
        return WithdrawalChannel(row.code, *bounds, _concerning(await self._begun_incidents(now), row.code))

    async def put_fee_rule(self, rule: FeeRule) -> None:
        """Add a rule, or replace the one for that kind and channel."""
        same = (fee_rules.c.kind == rule.kind.value) & (fee_rules.c.channel == rule.channel)
        await self._run(delete(fee_rules).where(same))
        await self._run(
            insert(fee_rules).values(
                kind=rule.kind.value,
                channel=rule.channel,
                rate=format(rule.rate, "f"),
                minimum_minor=rule.minimum.minor,
                free_quota_minor=rule.free_quota.minor if rule.free_quota else None,
                currency=rule.minimum.currency,
                condition_zh=rule.condition.zh if rule.condition else None,
                condition_en=rule.condition.en if rule.condition else None,
            )
        )

    async def fee_rule(self, kind: FeeKind, channel: str) -> FeeRule | None:
        """The price of a kind of movement through a channel."""
        same = (fee_rules.c.kind == kind.value) & (fee_rules.c.channel == channel)
        row = await self._first(select(fee_rules).where(same))
        return None if row is None else _fee_rule(row)

    async def add_incident(self, incident: Incident) -> None:
        """Keep a fault that has begun, or works that are to begin."""
        words = {"what_zh": incident.what.zh, "what_en": incident.what.en}
        times = {"since": incident.since, "expected_end": incident.expected_end}
        await self._run(insert(incidents).values(id=incident.id, channel=incident.channel, **words, **times))

    async def end_incident(self, incident_id: str, ended_at: datetime) -> None:
        """Mark a fault as mended."""
        await self._run(update(incidents).where(incidents.c.id == incident_id).values(ended_at=ended_at))

    async def open_incidents(self) -> list[Incident]:
        """Faults that are not mended and works that are planned, the latest to begin first."""
        still_open = select(incidents).where(incidents.c.ended_at.is_(None))
        return [_incident(row) for row in await self._all(still_open.order_by(incidents.c.since.desc()))]

    async def _begun_incidents(self, now: datetime) -> list[Incident]:
        return [incident for incident in await self.open_incidents() if incident.since <= now]


def _concerning(open_now: list[Incident], channel: str) -> Incident | None:
    return next((incident for incident in open_now if incident.channel in (channel, None)), None)


def _incident(row: Any) -> Incident:
    return Incident(row.id, row.channel, LocalizedText(row.what_zh, row.what_en), row.since, row.expected_end)


def _channel(row: Any, incident: Incident | None) -> TopupChannel:
    return TopupChannel(
        code=row.code,
        name=LocalizedText(row.name_zh, row.name_en),
        enabled=row.enabled,
        card_kinds=[CardKind(kind) for kind in row.card_kinds.split(",") if kind],
        minimum=Money(row.minimum_minor, row.currency),
        maximum=Money(row.maximum_minor, row.currency),
        incident=incident,
    )


def _fee_rule(row: Any) -> FeeRule:
    return FeeRule(
        kind=FeeKind(row.kind),
        channel=row.channel,
        rate=Decimal(row.rate),
        minimum=Money(row.minimum_minor, row.currency),
        free_quota=money(row.free_quota_minor, row.currency),
        condition=LocalizedText(row.condition_zh, row.condition_en) if row.condition_zh else None,
    )
