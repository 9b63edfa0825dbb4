"""Who is let in, and how the others are refused."""

from __future__ import annotations

from wallet.conformance.asking import Target, named
from wallet.conformance.checks import NotMet, NotTried, expect_refusal, protected_user_of, user_of
from wallet.contract.errors import ErrorCode

REQUEST_ID = "conformance-1"


def refuses_strangers(target: Target) -> None:
    """Without a token, 401."""
    expect_refusal(target.ask("/v1/support/incidents"), ErrorCode.UNAUTHENTICATED, 401)


def refuses_other_tokens(target: Target) -> None:
    """With a token that is not of its settings, 401."""
    expect_refusal(target.support("/incidents", token="not-a-token"), ErrorCode.UNAUTHENTICATED, 401)  # noqa: S106


def refuses_without_acting_user(target: Target) -> None:
    """About a user without X-On-Behalf-Of, 403."""
    answer = target.support(f"/users/{named(user_of(target))}/limits")
    expect_refusal(answer, ErrorCode.FORBIDDEN, 403)


def refuses_for_another_user(target: Target) -> None:
    """About a user on behalf of another, 403."""
    answer = target.support(f"/users/{named(user_of(target))}/limits", acting="somebody-else")
    expect_refusal(answer, ErrorCode.FORBIDDEN, 403)


def refuses_to_protect_with_a_reading_token(target: Target) -> None:
    """support:read does not open what needs support:protect, 403."""
    if target.read_token is None:
        raise NotTried("no token is named that may only read (--read-token-env NAME)")
    user = protected_user_of(target)
    answer = target.support(f"/users/{named(user)}/freeze", "POST", user, {}, target.read_token)
    expect_refusal(answer, ErrorCode.FORBIDDEN, 403)


def knows_no_unknown_user(target: Target) -> None:
    """Of an unknown user, 404 not_found."""
    expect_refusal(target.of_user("nobody-of-that-name", "/limits"), ErrorCode.NOT_FOUND, 404)


def moves_no_money(target: Target) -> None:
    """The service token opens no endpoint that moves money."""
    for path in ("/v1/payments", "/v1/topups", "/v1/transfers", "/v1/withdrawals"):
        # Not a movement of anything, should it be taken.
        headers = {"Authorization": f"Bearer {target.token}", "Idempotency-Key": REQUEST_ID}
        status = target.ask(path, "POST", headers, {}).status
        if status not in (401, 403, 404, 405):
            raise NotMet(f"POST {path} with the service token answered {status}")


def answers_in_the_envelope(target: Target) -> None:
    """Even an unknown path is refused with code, message, details and request_id."""
    expect_refusal(target.support("/nothing-of-that-name"), ErrorCode.NOT_FOUND, 404)


def keeps_request_ids(target: Target) -> None:
    """X-Request-ID of a request comes back with its answer."""
    headers = {"Authorization": f"Bearer {target.token}", "X-Request-ID": REQUEST_ID}
    got = target.ask("/v1/support/incidents", headers=headers).headers.get("x-request-id")
    if got != REQUEST_ID:
        raise NotMet("another X-Request-ID came back" if got else "no X-Request-ID came back")
