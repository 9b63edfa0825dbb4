"""The wallet's figures: what is counted, that nobody is named, and who may read them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.integration.wallet.authenticator import begin, finish, switch_on
from tests.integration.wallet.house import House, Start, cny
from wallet.domain.issuer import IssuerUnreachableError
from wallet.metrics.metrics import Metrics
from wallet.metrics.watched_issuer import WatchedIssuer
from wallet.settings import Settings

TOKEN = "m" * 40


async def figures(house: House) -> dict[tuple[str, frozenset[str]], float]:
    """Each figure by its name and the values of its labels."""
    text = (await house.call("GET", "/metrics")).text
    return {
        (sample.name, frozenset(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(name: str, *labels: str) -> tuple[str, frozenset[str]]:
    return name, frozenset(labels)


async def test_movements_are_counted_by_kind_status_and_true_cause_once_per_key(house: House) -> None:
    user = await house.user("100")
    body = {"amount": cny("500"), "merchant": "Tea", "card_id": None}
    for _ in range(2):
        await user.post("/v1/payments", body, key="same")
    counted = await figures(house)
    assert counted[of("wallet_movements_total", "topup", "succeeded", "none")] == 1
    assert counted[of("wallet_movements_total", "payment", "declined", "balance_too_low")] == 1


async def test_sign_ins_are_counted_and_unknown_logins_too(house: House) -> None:
    user_id = await house.open_user()
    await house.signed_in(user_id)
    await house.sign_in(user_id, "not the password")
    await house.sign_in("nobody@example.com")
    counted = await figures(house)
    assert counted[of("wallet_sign_ins_total", "succeeded")] == 1
    assert counted[of("wallet_sign_ins_total", "sign_in_failed")] == 2
    assert counted[of("wallet_sign_in_attempts_total", "wrong_password")] == 1


async def test_a_sign_in_of_two_steps_has_succeeded_after_the_second(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    before = await figures(house)
    challenge = (await begin(house, user.user_id)).body["challenge"]
    await finish(house, challenge, app.wrong_code())
    counted = await figures(house)
    assert counted[of("wallet_sign_ins_total", "challenged")] == 1
    assert counted[of("wallet_sign_ins_total", "wrong_code")] == 1
    assert counted[of("wallet_sign_ins_total", "succeeded")] == before[of("wallet_sign_ins_total", "succeeded")]
    await finish(house, challenge, app.next_code())
    counted = await figures(house)
    assert counted[of("wallet_sign_ins_total", "succeeded")] == before[of("wallet_sign_ins_total", "succeeded")] + 1


async def test_what_is_paid_out_to_a_card_is_a_call_to_its_issuer(house: House) -> None:
    user = await house.user("100")
    await user.withdraw("10", await user.bind_card())
    counted = await figures(house)
    assert counted[of("wallet_issuer_calls_total", "pay_out", "answered")] == 1


async def test_requests_are_counted_by_route_method_and_status(house: House) -> None:
    user_id = await house.open_user()
    await house.support(f"/users/{user_id}/limits", acting=user_id)
    await house.call("BREW", "/v1/nothing/13912345678")
    counted = await figures(house)
    route = "/v1/support/users/<user_id:str>/limits"
    assert counted[of("hotline_http_requests_total", "GET", route, "200")] == 1
    assert counted[of("hotline_http_request_seconds_count", "GET", route)] == 1
    assert not [labels for _, labels in counted if "13912345678" in str(labels) or "BREW" in labels]


async def test_messages_that_wait_are_shown_as_they_stand(house: House) -> None:
    assert (await figures(house))[of("wallet_messages", "email", "waiting")] == 0
    await house.open_user(email="owner@example.com")
    await house.call("POST", "/v1/password-resets", json={"login": "owner@example.com", "by": "email"})
    counted = await figures(house)
    assert counted[of("wallet_messages", "email", "waiting")] == 1
    assert counted[of("wallet_messages", "email", "failed")] == 0


async def test_no_user_is_named(house: House) -> None:
    user_id = await house.open_user(phone="13912345678", email="owner@example.com")
    user = await house.signed_in("owner@example.com")
    await user.get("/v1/payments")
    text = (await house.call("GET", "/metrics")).text
    assert not [private for private in (user_id, "13912345678", "owner@example.com", user.token) if private in text]


async def test_calls_to_the_issuer_are_counted_by_what_came_of_them() -> None:
    class Issuer:
        async def query(self, order_id: str) -> str:
            if order_id == "lost":
                raise IssuerUnreachableError()
            return "00"

        enrol = accepts_expiry = authorise = pay_out = query

    metrics = Metrics()
    issuer = WatchedIssuer(Issuer(), metrics)  # type: ignore[arg-type]
    assert await issuer.query("found") == "00"
    with pytest.raises(IssuerUnreachableError):
        await issuer.query("lost")
    text = metrics.written().decode()
    assert 'wallet_issuer_calls_total{call="query",outcome="answered"} 1.0' in text
    assert 'wallet_issuer_calls_total{call="query",outcome="unreachable"} 1.0' in text


async def test_what_a_transaction_undoes_is_not_counted(house: House) -> None:
    user = await house.user("100")
    before = (await house.call("GET", "/metrics")).text
    storage = house.stage.wallet.storage
    with pytest.raises(RuntimeError):
        async with storage.writing() as unit:
            (movement,) = await unit.topups.page(user.user_id, 1)
            await unit.topups.update(movement)
            raise RuntimeError
    after = (await house.call("GET", "/metrics")).text
    assert re.findall("^wallet_movements.*_total.*", before, re.M) == re.findall(
        "^wallet_movements.*_total.*", after, re.M
    )


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
async def test_without_a_token_nobody_reads_them_through_a_proxy(house: House, header: str) -> None:
    refused = await house.call("GET", "/metrics", headers={header: "127.0.0.1"})
    assert (refused.status, refused.code) == (403, "forbidden")


async def test_with_a_token_only_who_bears_it_reads_them(settings: Settings, start: Start) -> None:
    async with start(replace(settings, metrics_token=TOKEN)) as house:
        for wrong in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": f"Basic {TOKEN}"}):
            refused = await house.call("GET", "/metrics", headers=wrong)
            assert (refused.status, refused.code) == (401, "unauthenticated")
        read = await house.call(
            "GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.7"}
        )
        assert read.status == 200
