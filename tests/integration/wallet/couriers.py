"""Messages for a courier to carry, and what he says of one that he could not hand over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.integration.wallet.house import NOON
from wallet.domain.deliveries import NotDelivered
from wallet.domain.messages import Medium, Message
from wallet.services.ports import Courier

MAIL = Message(
    reference="msg_1",
    user_id="chen",
    medium=Medium.EMAIL,
    to="owner@example.com",
    kind="password_reset",
    subject="重设密码",
    body="陈先生，您好：\n\n.一行以句点开头\n",
    link=None,
    created_at=NOON,
    expires_at=NOON + timedelta(minutes=30),
)
SMS = replace(MAIL, reference="msg_2", medium=Medium.SMS, to="13912345678", body="【钱包】请打开链接")


async def refusal_of(courier: Courier) -> NotDelivered:
    """Give him what he carries; he must fail."""
    with pytest.raises(NotDelivered) as refused:
        await courier.carry(MAIL if courier.medium is Medium.EMAIL else SMS)
    return refused.value
