"""What the support line may stop. Tried only with a user who is named for it: he ends up frozen."""

from __future__ import annotations

from wallet.conformance.asking import Target
from wallet.conformance.checks import NotMet, NotTried, expect_items, expect_payload, expect_refusal, protected_user_of
from wallet.contract.errors import ErrorCode
from wallet.contract.payloads import AccountStatus, Card, Frozen, LoginState, ResetSent


def sends_reset_links(target: Target) -> None:
    """A reset link goes to a contact on file, which is told masked."""
    user = protected_user_of(target)
    for medium in ("sms", "email"):
        answer = target.of_user(user, "/password-resets", "POST", {"by": medium})
        # 409: he has no such contact.
        if answer.status != 409:
            sent = expect_payload(ResetSent, answer)
            if "*" not in sent.sent_to:
                raise NotMet("the contact is told without a mask")
            return
    raise NotTried("the user has no contact on file")


def refuses_unknown_media(target: Target) -> None:
    """A reset link by anything but email or sms: 400."""
    answer = target.of_user(protected_user_of(target), "/password-resets", "POST", {"by": "pigeon"})
    expect_refusal(answer, ErrorCode.INVALID_REQUEST, 400)


def refuses_broken_bodies(target: Target) -> None:
    """A body that is no JSON: 400."""
    answer = target.of_user(protected_user_of(target), "/password-resets", "POST", b'{"by": ')
    expect_refusal(answer, ErrorCode.INVALID_REQUEST, 400)


def freezes_cards_once(target: Target) -> None:
    """A card is frozen; asked again it answers as the first time."""
    user = protected_user_of(target)
    cards = expect_items(Card, target.of_user(user, "/cards"))
    if not cards:
        raise NotTried("the user has no card")
    _freezes_once(target, user, f"/cards/{cards[0].id}/freeze")


def knows_no_unknown_card(target: Target) -> None:
    """A card that is not the user's: 404."""
    answer = target.of_user(protected_user_of(target), "/cards/no-card-of-his/freeze", "POST", {})
    expect_refusal(answer, ErrorCode.NOT_FOUND, 404)


def freezes_accounts_once(target: Target) -> None:
    """An account is frozen; asked again it answers as the first time."""
    user = protected_user_of(target)
    _freezes_once(target, user, "/freeze")


def tells_of_the_freeze(target: Target) -> None:
    """What was frozen is told as frozen at once."""
    user = protected_user_of(target)
    expect_payload(Frozen, target.of_user(user, "/freeze", "POST", {}))
    state = expect_payload(LoginState, target.of_user(user, "/login-state"))
    if state.status is not AccountStatus.FROZEN:
        raise NotMet(f"the account is told as {state.status.value}")


def _freezes_once(target: Target, user: str, path: str) -> None:
    first = expect_payload(Frozen, target.of_user(user, path, "POST", {}))
    second = expect_payload(Frozen, target.of_user(user, path, "POST", {}))
    if first != second:
        raise NotMet("the second call answered otherwise")
