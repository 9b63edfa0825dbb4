"""Finding out who is writing on a messaging channel, without telling who has an account."""

from __future__ import annotations

import secrets
from typing import Any

from wallet.conformance.asking import Answer, Target
from wallet.conformance.checks import NotMet, NotTried, expect_payload, expect_refusal, protected_user_of
from wallet.contract.channel_links import ChannelLink, ChannelLinkAsked, ChannelLinkState
from wallet.contract.errors import ErrorCode

LINKS = "/channel-links"
CHANNEL = "wechat"


def sends_links(target: Target) -> None:
    """For a login that is someone's: 202 with id, number and end."""
    expect_payload(ChannelLinkAsked, _ask(target, protected_user_of(target)), status=202)


def answers_unknown_logins_alike(target: Target) -> None:
    """For a login that is nobody's: 202 with the same fields."""
    known, unknown = _ask(target, protected_user_of(target)), _ask(target, _nobody())
    expect_payload(ChannelLinkAsked, known, status=202)
    expect_payload(ChannelLinkAsked, unknown, status=202)
    if set(known.body) != set(unknown.body):
        raise NotMet("a known and an unknown login are answered with other fields")
    if set(known.headers) != set(unknown.headers):
        raise NotMet("a known and an unknown login are answered with other headers")


def tells_nobody_before_the_confirmation(target: Target) -> None:
    """A link nobody has confirmed is pending, for the writer it was asked for, and names no user."""
    writer = secrets.token_hex(8)
    asked = expect_payload(ChannelLinkAsked, _ask(target, _nobody(), writer), status=202)
    link = expect_payload(ChannelLink, target.support(f"{LINKS}/{asked.id}"))
    if (link.state, link.user_id) != (ChannelLinkState.PENDING, None):
        raise NotMet(f"the link is told as {link.state.value}" + (", with a user" if link.user_id else ""))
    if (link.id, link.channel, link.channel_user) != (asked.id, CHANNEL, writer):
        raise NotMet("the link is told for another id, channel or writer")


def knows_no_unknown_link(target: Target) -> None:
    """Of a link that was not asked for, 404."""
    expect_refusal(target.support(f"{LINKS}/no-link-of-that-id"), ErrorCode.NOT_FOUND, 404)


def refuses_strangers(target: Target) -> None:
    """Without a token, 401: for asking and for looking."""
    asked = target.ask(f"/v1/support{LINKS}", "POST", body=_body(_nobody()))
    expect_refusal(asked, ErrorCode.UNAUTHENTICATED, 401)
    expect_refusal(target.ask(f"/v1/support{LINKS}/no-link-of-that-id"), ErrorCode.UNAUTHENTICATED, 401)


def refuses_to_send_with_a_reading_token(target: Target) -> None:
    """support:read sends no link, 403."""
    if target.read_token is None:
        raise NotTried("no token is named that may only read (--read-token-env NAME)")
    answer = target.support(LINKS, "POST", body=_body(_nobody()), token=target.read_token)
    expect_refusal(answer, ErrorCode.FORBIDDEN, 403)


def refuses_incomplete_requests(target: Target) -> None:
    """Without login, channel or writer, 400."""
    whole = _body(_nobody())
    for left_out in whole:
        body = {name: value for name, value in whole.items() if name != left_out}
        expect_refusal(target.support(LINKS, "POST", body=body), ErrorCode.INVALID_REQUEST, 400)


def _ask(target: Target, login: str, writer: str | None = None) -> Answer:
    return target.support(LINKS, "POST", body=_body(login, writer))


def _body(login: str, writer: str | None = None) -> dict[str, Any]:
    return {"login": login, "channel": CHANNEL, "channel_user": writer or secrets.token_hex(8)}


def _nobody() -> str:
    # Another one each time: a wallet counts how often a login is asked for.
    return f"nobody-{secrets.token_hex(8)}"
