"""What the support line does in the real wallet to protect a user."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.gateway.errors import UnknownUser
from actions.gateway.wallet_client import WalletClient
from tests.stack.wallet_app import WalletUser
from tests.stack.web import call
from wallet.contract.payloads import AccountStatus, CardState

MakeUser = Callable[[str], WalletUser]


async def test_a_frozen_account_stays_frozen_since_the_first_time(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("zhou")
    first = await wallet.freeze_account(user.user_id)
    assert await wallet.freeze_account(user.user_id) == first
    assert (await wallet.login_state(user.user_id)).status is AccountStatus.FROZEN
    assert user.sign_in().status >= 400


async def test_a_frozen_card_leaves_the_account_alone(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("he")
    (card,) = await wallet.cards(user.user_id)
    frozen = await wallet.freeze_card(user.user_id, card.id)
    assert frozen.id == card.id
    assert (await wallet.cards(user.user_id))[0].state is CardState.FROZEN
    assert (await wallet.login_state(user.user_id)).status is AccountStatus.ACTIVE


async def test_somebody_elses_card_cannot_be_frozen(wallet: WalletClient, make_user: MakeUser) -> None:
    user, other = make_user("he"), make_user("li")
    with pytest.raises(UnknownUser):
        await wallet.freeze_card(user.user_id, other.card()["id"])
    assert other.card()["state"] == "expired"


async def test_a_reset_link_goes_to_the_contact_on_file(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("wang")
    sent = await wallet.send_password_reset(user.user_id, "email")
    assert sent.sent_to == user.of_me("/login-state")["email_masked"]
    user.use_reset_link()
    user.sign_in().expect(201)


async def test_support_cannot_move_money(make_user: MakeUser) -> None:
    user = make_user("wu")
    body = {"amount": {"minor": 100, "currency": "CNY"}, "merchant": "x", "card_id": None}
    headers = {"Idempotency-Key": "support-1", "X-On-Behalf-Of": user.user_id}
    answer = call("POST", f"{user.url}/v1/payments", body, token=user.support_token, headers=headers)
    assert answer.status == 401
