"""ask_fees: the fee of this very channel and amount, the waiver, and what is left of it."""

from __future__ import annotations

import asyncio
from typing import Any

from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import CURRENCY, Turn
from actions.gateway.errors import GatewayError, Refused
from actions.gateway.gateway import current_gateway
from actions.gateway.wallet_client import WalletClient
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, FeeQuote, LocalizedText

# What a fee is shown for when the user names no amount.
EXAMPLE_AMOUNT = Money(100_000, CURRENCY)
_NOT_QUOTED = (400, 404, 422)
_CHANNEL_OF_KIND = {FeeKind.PAYMENT: "balance", FeeKind.TRANSFER: "bank_card", FeeKind.WITHDRAWAL: "bank_card"}


class ActionAskFees(HotlineAction):
    """Quotes fees from the wallet; by the handbook's general words while it is away."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_fees"

    async def answer(self, turn: Turn) -> Events:
        """One quote where channel or kind are named, else one line for each way to top up and for a withdrawal."""
        wallet = current_gateway().wallet
        amount = turn.amount() or EXAMPLE_AMOUNT
        try:
            quotes = await _quotes(turn, wallet, amount)
        except Refused as refusal:
            turn.say("utter_fees_not_quoted" if refusal.status in _NOT_QUOTED else "utter_fees_away")
            return []
        except GatewayError:
            turn.say("utter_fees_away")
            return []
        if not quotes:
            turn.say("utter_fees_not_quoted")
        elif len(quotes) > 1:
            lines = "\n".join(_overview_line(turn, name, quote) for name, quote in quotes)
            turn.say("utter_fees_overview", amount=amount, lines=lines)
        else:
            say_quote(turn, *quotes[0])
        return []


async def _quotes(turn: Turn, wallet: WalletClient, amount: Money) -> list[tuple[LocalizedText | None, FeeQuote]]:
    user_id, named = turn.speaker.user_id, turn.entity("movement")
    if named and named != FeeKind.TOPUP.value:
        kind = FeeKind(named)
        return [(None, await wallet.quote_fee(kind, _CHANNEL_OF_KIND[kind], amount, user_id))]
    channels = {channel.code: channel.name for channel in await wallet.topup_channels() if channel.enabled}
    wanted = turn.entity("topup_channel")
    codes = [wanted] if wanted else list(channels)
    quotes = await asyncio.gather(*(wallet.quote_fee(FeeKind.TOPUP, code, amount, user_id) for code in codes))
    rows: list[tuple[LocalizedText | None, FeeQuote]] = [
        (channels.get(code, LocalizedText(code, code)), quote) for code, quote in zip(codes, quotes, strict=True)
    ]
    if not wanted and not named:
        withdrawal = await wallet.quote_fee(FeeKind.WITHDRAWAL, _CHANNEL_OF_KIND[FeeKind.WITHDRAWAL], amount, user_id)
        rows.append((None, withdrawal))
    return rows


def _what(turn: Turn, channel: LocalizedText | None, quote: FeeQuote) -> str:
    what = turn.word(f"fee_kind_{quote.kind.value}")
    return turn.word("fee_through").format(what=what, channel=getattr(channel, turn.language)) if channel else what


def _overview_line(turn: Turn, channel: LocalizedText | None, quote: FeeQuote) -> str:
    has_quota = turn.speaker.is_verified and quote.free_remaining is not None
    return turn.word("fee_line_with_quota" if has_quota else "fee_line").format(
        what=_what(turn, channel, quote), fee=turn.write(quote.fee), remaining=turn.write(quote.free_remaining)
    )


def say_quote(turn: Turn, channel: LocalizedText | None, quote: FeeQuote) -> None:
    """One quote in one line: what for, the fee, and what is left of the free quota."""
    values: dict[str, Any] = {"what": _what(turn, channel, quote), "amount": quote.amount, "fee": quote.fee}
    if quote.free_quota and quote.free_remaining is not None and quote.resets_at:
        values |= {"quota": quote.free_quota, "remaining": quote.free_remaining, "resets_at": quote.resets_at}
        turn.say("utter_fee_with_quota", **values)
    elif quote.free_quota:
        # Nothing is known of what a guest has used of it.
        turn.say("utter_fee_with_quota_guest", **values, quota=quote.free_quota)
    elif quote.fee.minor == 0:
        turn.say("utter_fee_free", **values)
    else:
        turn.say("utter_fee", **values)
