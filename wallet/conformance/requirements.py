"""All that is asked of a wallet, in the order it is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wallet.conformance import access, channel_links, protection, reads
from wallet.conformance.asking import Target
from wallet.contract.payloads import (
    Card,
    Incident,
    Limits,
    LoginState,
    Payment,
    Security,
    Topup,
    TopupChannel,
)
from wallet.contract.refunds import Refund
from wallet.contract.transfers import Transfer


@dataclass(frozen=True)
class Requirement:
    """One thing the contract asks. The check returns when it is met, and raises NotMet or NotTried."""

    name: str
    says: str
    check: Callable[[Target], None]


REQUIREMENTS = (
    Requirement("envelope", "every refusal is the envelope", access.answers_in_the_envelope),
    Requirement("request-id", "X-Request-ID comes back", access.keeps_request_ids),
    Requirement("no-token", "without a token: 401", access.refuses_strangers),
    Requirement("wrong-token", "with another token: 401", access.refuses_other_tokens),
    Requirement("no-acting-user", "without X-On-Behalf-Of: 403", access.refuses_without_acting_user),
    Requirement("wrong-acting-user", "on behalf of another user: 403", access.refuses_for_another_user),
    Requirement("scope", "support:read does not protect: 403", access.refuses_to_protect_with_a_reading_token),
    Requirement("unknown-user", "of an unknown user: 404", access.knows_no_unknown_user),
    Requirement("no-money", "the service token moves no money", access.moves_no_money),
    Requirement("login-state", "GET /users/{id}/login-state", reads.tells("/login-state", LoginState)),
    Requirement("payments", "GET /users/{id}/payments", reads.lists("/payments", Payment)),
    Requirement("topups", "GET /users/{id}/topups", reads.lists("/topups", Topup)),
    Requirement("transfers", "GET /users/{id}/transfers", reads.lists("/transfers", Transfer)),
    Requirement("refunds", "GET /users/{id}/refunds", reads.lists("/refunds", Refund)),
    Requirement("limits", "GET /users/{id}/limits", reads.tells("/limits", Limits)),
    Requirement("cards", "GET /users/{id}/cards", reads.lists("/cards", Card)),
    Requirement("security", "GET /users/{id}/security", reads.tells("/security", Security)),
    Requirement("topup-channels", "GET /topup-channels", reads.lists_for_all("/topup-channels", TopupChannel)),
    Requirement("incidents", "GET /incidents", reads.lists_for_all("/incidents", Incident)),
    Requirement("fee-quote", "GET /fees/quote", reads.quotes_fees),
    Requirement("fee-refusals", "a fee of an unknown kind or of no amount: 400", reads.refuses_unknown_fee_kinds),
    Requirement("masked", "contacts are masked", reads.masks_contacts),
    Requirement("newest-first", "payments come newest first", reads.lists_newest_first),
    Requirement("since", "nothing older than since", reads.lists_since),
    Requirement("limit", "no more than limit", reads.lists_up_to_a_limit),
    Requirement("bad-queries", "since without a zone, or no limit: 400", reads.refuses_bad_queries),
    Requirement("reset-link", "POST /users/{id}/password-resets", protection.sends_reset_links),
    Requirement("reset-media", "a reset by neither email nor sms: 400", protection.refuses_unknown_media),
    Requirement("broken-body", "a body that is no JSON: 400", protection.refuses_broken_bodies),
    Requirement("link", "POST /channel-links", channel_links.sends_links),
    Requirement("link-unknown", "an unknown login is answered alike", channel_links.answers_unknown_logins_alike),
    Requirement("link-pending", "GET /channel-links/{id}", channel_links.tells_nobody_before_the_confirmation),
    Requirement("unknown-link", "a link that was not asked for: 404", channel_links.knows_no_unknown_link),
    Requirement("link-no-token", "a link without a token: 401", channel_links.refuses_strangers),
    Requirement("link-scope", "support:read sends no link: 403", channel_links.refuses_to_send_with_a_reading_token),
    Requirement("link-bodies", "a link for no login: 400", channel_links.refuses_incomplete_requests),
    Requirement("card-freeze", "POST /users/{id}/cards/{id}/freeze, twice alike", protection.freezes_cards_once),
    Requirement("unknown-card", "a card that is not his: 404", protection.knows_no_unknown_card),
    Requirement("freeze", "POST /users/{id}/freeze, twice alike", protection.freezes_accounts_once),
    Requirement("frozen-told", "a frozen account is told as frozen", protection.tells_of_the_freeze),
)
