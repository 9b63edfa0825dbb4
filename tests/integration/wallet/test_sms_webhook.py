"""Text messages handed to a real webhook, which checks who sent them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.sms_gateway import SECRET, SmsGateway
from tests.integration.wallet.couriers import SMS, refusal_of
from tests.integration.wallet.house import NOON
from wallet.couriers.sms_webhook import SmsWebhook


@pytest.fixture
async def gateway() -> AsyncIterator[SmsGateway]:
    async with SmsGateway().serving() as gateway:
        yield gateway


def webhook_of(gateway: SmsGateway, secret: str = SECRET, seconds: float = 5.0) -> SmsWebhook:
    return SmsWebhook(gateway.url, secret, lambda: NOON, seconds=seconds)


async def test_a_text_message_arrives_signed(gateway: SmsGateway) -> None:
    await webhook_of(gateway).carry(SMS)
    assert gateway.taken == [
        {"id": "msg_2", "to": "13912345678", "text": "【钱包】请打开链接", "kind": "password_reset"}
    ]
    (headers,) = gateway.requests
    assert (headers["X-Hotline-Timestamp"], headers["Idempotency-Key"]) == (str(int(NOON.timestamp())), "msg_2")


async def test_another_secret_is_not_believed_and_the_message_kept(gateway: SmsGateway) -> None:
    refused = await refusal_of(webhook_of(gateway, "some other secret"))
    assert (refused.reason, refused.for_good, gateway.taken) == ("webhook 401", False, [])


async def test_a_webhook_that_fails_is_tried_again_under_the_same_id(gateway: SmsGateway) -> None:
    gateway.answers = [500]
    refused = await refusal_of(webhook_of(gateway))
    assert (refused.reason, refused.for_good) == ("webhook 500", False)
    await webhook_of(gateway).carry(SMS)
    assert [headers["Idempotency-Key"] for headers in gateway.requests] == ["msg_2", "msg_2"]
    assert len(gateway.taken) == 1


@pytest.mark.parametrize(("status", "for_good"), [(422, True), (400, True), (404, False), (429, False), (503, False)])
async def test_only_what_speaks_of_the_message_is_for_good(gateway: SmsGateway, status: int, for_good: bool) -> None:
    gateway.answers = [status]
    assert (await refusal_of(webhook_of(gateway))).for_good is for_good


async def test_a_redirect_is_not_followed(gateway: SmsGateway) -> None:
    gateway.answers = [302]
    assert (await refusal_of(webhook_of(gateway))).reason == "webhook 302"
    assert len(gateway.requests) == 1


async def test_a_slow_webhook_holds_nobody_up(gateway: SmsGateway) -> None:
    gateway.pause = 60
    refused = await asyncio.wait_for(refusal_of(webhook_of(gateway, seconds=0.3)), 30)
    assert not refused.for_good


async def test_a_webhook_that_is_not_there_is_tried_again() -> None:
    async with SmsGateway().serving() as gone:
        pass
    assert not (await refusal_of(webhook_of(gone))).for_good
