"""Why top-ups failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from actions.diagnosis.finding import Finding, finding_of_cause
from actions.diagnosis.movement import MOST_FINDINGS, UNSETTLED, troubled_movements
from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import LocalizedText, Topup, TopupChannel

# Words whose fixes list the channels to use instead.
_NAMES_OTHER_CHANNELS = ("channel_unsupported", "channel_down", "channel_down_open_end")

CHANNEL_BACK = "channel_back"


@dataclass(frozen=True)
class TopupFacts:
    """Top-ups newest first, and the channels with their open incidents."""

    topups: list[Topup]
    channels: list[TopupChannel]


def diagnose_topups(
    facts: TopupFacts, amount: Money | None = None, channel: str | None = None, named: str | None = None
) -> list[Finding]:
    """Findings about failed or unsettled top-ups, the likeliest meant first; at most three. ``named`` is the id of one.

    Without any, an open incident of the channel the user named, or of every channel, is a finding of its own.
    """
    troubled = troubled_movements(facts.topups, named)
    named_first = sorted(
        troubled, key=lambda topup: (topup.id != named, topup.amount != amount, topup.channel != channel)
    )
    findings = [topup_finding(topup, facts.channels) for topup in named_first[:MOST_FINDINGS]]
    return (
        findings or [_incident_finding(each, facts.channels) for each in facts.channels if _concerns(each, channel)][:1]
    )


def _concerns(channel: TopupChannel, named: str | None) -> bool:
    """Whether an incident of this channel explains a trouble of which only the channel, or not even that, is known."""
    return channel.incident is not None and (channel.code == named or channel.incident.channel is None)


def topup_finding(topup: Topup, channels: list[TopupChannel]) -> Finding:
    """What to say and do about one troubled top-up."""
    channel = next((channel for channel in channels if channel.code == topup.channel), None)
    cause = Cause.RESULT_UNKNOWN if topup.status in UNSETTLED else topup.cause or Cause.ISSUER_DECLINED
    values: dict[str, Any] = {"amount": topup.amount, "at": topup.created_at, **_channel_values(channel, topup.channel)}
    if topup.card:
        values |= {"bank": topup.card.bank, "last_four": topup.card.last_four, "expires": topup.card.expires}
    if topup.result_expected_by:
        values["result_by"] = topup.result_expected_by
    if cause in (Cause.CHANNEL_UNSUPPORTED, Cause.CHANNEL_DOWN):
        values["channels"] = usable_channels(topup, channels)
    finding = finding_of_cause(cause, topup.id, topup.created_at, values)
    words = _words(cause, channel) or finding.told
    return replace(finding, told=words, plan=_plan(words, values))


def _words(cause: Cause, channel: TopupChannel | None) -> str | None:
    """The words where the cause alone does not tell them."""
    if cause in (Cause.OVER_PAYMENT_LIMIT, Cause.OVER_DAILY_LIMIT):
        return "over_card_limit"  # a top-up meets no limit of the wallet, so it was the bank's
    if cause is not Cause.CHANNEL_DOWN:
        return None
    if channel is None or channel.incident is None:
        return CHANNEL_BACK if channel and channel.enabled else "channel_down_unannounced"
    return None if channel.incident.expected_end else "channel_down_open_end"


def _plan(words: str, values: dict[str, Any]) -> str:
    """The words' own fixes; other channels are no fix where none would take it."""
    has_other = words not in _NAMES_OTHER_CHANNELS or values["channels"]
    return words if has_other else f"{words}_no_other"


def _channel_values(channel: TopupChannel | None, code: str) -> dict[str, Any]:
    if channel is None:
        return {"channel": LocalizedText(code, code)}
    values: dict[str, Any] = {"channel": channel.name, "minimum": channel.minimum, "maximum": channel.maximum}
    if channel.incident:
        values |= {"incident": channel.incident.what, "since": channel.incident.since}
        if channel.incident.expected_end:
            values["expected_end"] = channel.incident.expected_end
    return values


def usable_channels(topup: Topup, channels: list[TopupChannel]) -> list[LocalizedText]:
    """Names of the channels that would take this top-up: open, for this kind of card, for this amount."""
    return [
        channel.name
        for channel in channels
        if channel.enabled
        and channel.incident is None
        and channel.code != topup.channel
        and (topup.card is None or not channel.card_kinds or topup.card.kind in channel.card_kinds)
        and channel.minimum <= topup.amount <= channel.maximum
    ]


def _incident_finding(channel: TopupChannel, channels: list[TopupChannel]) -> Finding:
    usable = [other.name for other in channels if other.enabled and other.incident is None]
    values = {**_channel_values(channel, channel.code), "channels": usable}
    words = _words(Cause.CHANNEL_DOWN, channel) or Cause.CHANNEL_DOWN.value
    return Finding(Cause.CHANNEL_DOWN.value, words, _plan(words, values), values=values)
