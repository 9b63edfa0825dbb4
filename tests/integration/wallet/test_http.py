"""What holds for every endpoint: envelopes, request ids, health, documentation, the log."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

import pytest

from tests.integration.wallet.house import House, Start
from wallet.log_lines import JsonLines
from wallet.settings import Settings


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("DELETE", "/v1/me", 405, "method_not_allowed"),
        ("POST", "/v1/me/unfreeze", 404, "not_found"),
    ],
)
async def test_what_the_framework_refuses_comes_in_the_envelope_too(
    house: House, method: str, path: str, status: int, code: str
) -> None:
    refused = await house.call(method, path)
    assert (refused.status, refused.code) == (status, code)


async def test_a_body_that_is_too_large_is_refused(house: House) -> None:
    refused = await house.call("POST", "/v1/sessions", data=b"x" * 70_000)
    assert (refused.status, refused.code) == (413, "body_too_large")


async def test_a_body_that_is_no_json_is_refused_without_being_quoted(house: House) -> None:
    headers = {"Content-Type": "application/json"}
    refused = await house.call("POST", "/v1/sessions", data=b'{"password": "my secret', headers=headers)
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert "secret" not in refused.text


async def test_a_mistake_of_ours_tells_only_the_request_id(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    user = await house.user()

    def break_down() -> None:
        raise RuntimeError("phone 13912345678")

    monkeypatch.setattr(house.clock, "advance", break_down)
    monkeypatch.setattr(type(house.clock), "__call__", lambda self: break_down())
    broken = await user.get("/v1/me")
    assert (broken.status, broken.code, broken.body["details"]) == (500, "internal", {})
    assert "13912345678" not in broken.text
    assert any(record.name == "wallet.errors" for record in caplog.records)


async def test_a_request_id_is_taken_over_and_a_forged_one_is_not(house: House) -> None:
    for given, kept in (("call-1", True), ("x" * 65, False), ("a b", False), ("13912345678", False)):
        answer = await house.call("GET", "/health", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) is kept
    assert (await house.call("GET", "/health")).headers["X-Request-ID"]


async def test_a_healthy_wallet_says_so(house: House) -> None:
    healthy = await house.call("GET", "/health")
    assert (healthy.status, healthy.body) == (200, {"status": "ok"})


async def test_a_wallet_that_was_not_migrated_is_not_healthy(settings: Settings, start: Start, empty_url: str) -> None:
    async with start(replace(settings, environment="production", database_url=empty_url), catalogue=False) as house:
        refused = await house.call("GET", "/health")
        assert (refused.status, refused.code) == (503, "unavailable")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/dev/outbox?user_id=wu"), ("POST", "/v1/dev/demo-users"), ("POST", "/v1/dev/issuer-results")],
)
async def test_what_is_for_development_is_not_there_in_production(
    settings: Settings, start: Start, method: str, path: str
) -> None:
    async with start(replace(settings, environment="production")) as house:
        assert (await house.call(method, path, json={"scenario": "wu"})).code == "not_found"


async def test_the_log_has_one_line_per_request_and_nothing_private(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="wallet")
    user_id = await house.open_user(phone="13912345678", email="owner@example.com")
    user = await house.signed_in("owner@example.com")
    await user.get("/v1/payments?limit=5")
    await house.support(f"/users/{user_id}/limits", acting=user_id)
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "wallet.requests"]
    assert [json.loads(line)["route"] for line in lines] == [
        "/v1/sessions",
        "/v1/payments",
        "/v1/support/users/<user_id:str>/limits",
    ]
    private = ("13912345678", "owner@example.com", user.token, house.settings.support_token, user_id)
    assert not [secret for secret in private if any(secret in line for line in lines)]


async def test_what_a_mistake_of_ours_quotes_is_masked_in_the_log(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    user = await house.user()

    def break_down(_: object) -> None:
        words = ["phone 139", "12345678 of 'rain'"]
        raise RuntimeError("".join(words))

    monkeypatch.setattr(type(house.clock), "__call__", break_down)
    broken = await user.get("/v1/me")
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "wallet.errors"]
    line = json.loads(lines[-1])
    assert line["request_id"] == broken.body["request_id"]
    assert "RuntimeError: phone … of …" in line["exception"]


async def test_a_healthy_answer_to_a_machine_that_polls_is_no_line(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="wallet")
    await house.call("GET", "/health")
    assert not [record for record in caplog.records if record.name == "wallet.requests"]
