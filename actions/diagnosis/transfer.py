"""Why transfers to other users and withdrawals to bank cards failed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from actions.diagnosis.finding import Finding, finding_of_cause
from actions.diagnosis.limits import OF_LIMITS, can_raise, is_over_now, limit_values
from actions.diagnosis.movement import MOST_FINDINGS, UNSETTLED, troubled_movements
from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import Limits, LocalizedText, MovementStatus
from wallet.contract.transfers import Transfer, TransferKind

CAME_BACK = "transfer_came_back"
UNEXPLAINED = "transfer_unexplained"
OVER_LIMIT_THEN = "transfer_over_limit_then"

# Causes whose words speak of a card, and those of a way to top up: what they need a transfer may not have.
_OF_CARDS = (Cause.CARD_EXPIRED, Cause.CARD_DETAILS_OUTDATED, Cause.CARD_FROZEN, Cause.PIN_TRIES_EXCEEDED)
_OF_CHANNELS = (Cause.CHANNEL_UNSUPPORTED, Cause.CHANNEL_DOWN, Cause.BELOW_MINIMUM, Cause.ABOVE_MAXIMUM)
_TAIL = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


@dataclass(frozen=True)
class TransferFacts:
    """Transfers and withdrawals newest first, and the limits they met."""

    transfers: list[Transfer]
    limits: Limits


@dataclass(frozen=True)
class Meant:
    """What the user said of the one he means: its id, amount, whether he withdrew, and his own words."""

    id: str | None = None
    amount: Money | None = None
    kind: TransferKind | None = None
    text: str = ""


def diagnose_transfers(facts: TransferFacts, meant: Meant = Meant()) -> list[Finding]:  # frozen
    """Findings about failed or unsettled transfers, the likeliest meant first; at most three.

    The one whose id was named comes first, then those of the amount, of the recipient, of the kind that were named.
    """
    troubled = troubled_movements(facts.transfers, meant.id)

    def is_less_likely(transfer: Transfer) -> tuple[bool, ...]:
        return (
            transfer.id != meant.id,
            transfer.amount != meant.amount,
            not names_recipient(meant.text, transfer),
            transfer.kind is not meant.kind,
        )

    return [transfer_finding(each, facts.limits) for each in sorted(troubled, key=is_less_likely)[:MOST_FINDINGS]]


def names_recipient(text: str, transfer: Transfer) -> bool:
    """Whether the words name who was to get it: the mask filled in, or the last four digits of phone or card."""
    tails = set(_TAIL.findall(text))
    if transfer.card and transfer.card.last_four in tails:
        return True
    masked = transfer.recipient_masked
    if not masked or not masked.strip("*"):
        return False
    parts = [re.escape(part) for part in re.split(r"\*+", masked)]
    return masked[-4:] in tails or re.search(r"[^\s@*]+".join(parts), text, re.IGNORECASE) is not None


def transfer_finding(transfer: Transfer, limits: Limits) -> Finding:
    """What to say and do about one troubled transfer."""
    if transfer.status is MovementStatus.REVERSED:
        return Finding(CAME_BACK, CAME_BACK, CAME_BACK, transfer.id, transfer.created_at, _values(transfer))
    cause = Cause.RESULT_UNKNOWN if transfer.status in UNSETTLED else transfer.cause or Cause.ISSUER_DECLINED
    values = {**_values(transfer), **limit_values(cause, limits)}
    finding = finding_of_cause(cause, transfer.id, transfer.created_at, values)
    words = _words(transfer, cause)
    if words:
        return replace(finding, told=words, plan=words)
    if cause in OF_LIMITS:
        return _limit_finding(transfer, cause, limits, finding)
    if finding.told == Cause.ISSUER_DECLINED.value and transfer.card is None:
        return replace(finding, plan="issuer_declined_without_card")
    return finding


def _values(transfer: Transfer) -> dict[str, Any]:
    recipient: str | LocalizedText | None = transfer.recipient_masked
    values: dict[str, Any] = {"amount": transfer.amount, "at": transfer.created_at, "kind": transfer.kind.value}
    if transfer.card:
        bank, last_four = transfer.card.bank, transfer.card.last_four
        values |= {"bank": bank, "last_four": last_four, "expires": transfer.card.expires}
        recipient = LocalizedText(f"{bank.zh} *{last_four}", f"{bank.en} *{last_four}")
    if transfer.result_expected_by:
        values["result_by"] = transfer.result_expected_by
    return {**values, "recipient": recipient or "***"}


def _words(transfer: Transfer, cause: Cause) -> str | None:
    """The words where the cause alone does not tell them; they are the plan too."""
    if cause is Cause.RESULT_UNKNOWN:
        return "transfer_result_unknown"
    if cause is Cause.INSUFFICIENT_FUNDS:
        return Cause.BALANCE_TOO_LOW.value  # a transfer is paid from the balance, whatever the bank calls it
    if cause in _OF_CHANNELS and transfer.kind is TransferKind.WITHDRAWAL:
        return f"withdrawal_{cause.value}"
    if cause in _OF_CHANNELS or (cause in _OF_CARDS and transfer.card is None):
        return UNEXPLAINED
    return None


def _limit_finding(transfer: Transfer, cause: Cause, limits: Limits, finding: Finding) -> Finding:
    if not is_over_now(cause, transfer.amount, transfer.created_at, limits):
        return replace(finding, told=OVER_LIMIT_THEN, plan=OVER_LIMIT_THEN)
    return finding if can_raise(cause, limits) else replace(finding, plan=f"{cause.value}_at_maximum")
