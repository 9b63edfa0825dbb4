"""Input nobody means: refused in the envelope with a clear code, whatever it is, and never a mistake of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.wallet.house import House, cny

SIGN_IN = {"login": "wu", "password": "a right password"}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"{'login': 1}",
        b'{"login": NaN}',
        b'{"login": "wu", "login": "sun", "password": "x"}',
        b'{"login": "wu\\u0000", "password": "x"}',
        b'{"login": "\\ud83d", "password": "x"}',
        b'{"login": "wu", "password": "x", "\\udc00": 1}',
        b'{"login": "\xff\xfe", "password": "x"}',
        b'{"login": ["wu"], "password": {}}',
        b'{"login": "  ", "password": "x"}',
        b'{"a": ' + b"1" * 10_000 + b"}",
        b'{"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}",
        json.dumps({**SIGN_IN, "login": "x" * 201}).encode(),
        json.dumps({**SIGN_IN, "password": "x" * 257}).encode(),
    ],
)
async def test_a_body_that_cannot_be_meant_is_refused(house: House, body: bytes) -> None:
    refused = await house.call("POST", "/v1/sessions", data=body, headers=JSON)
    assert (refused.status, refused.code) == (400, "invalid_request")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
async def test_a_body_that_does_not_say_it_is_json_is_refused(house: House, kind: str) -> None:
    body = json.dumps(SIGN_IN).encode()
    refused = await house.call("POST", "/v1/sessions", data=body, headers={"Content-Type": kind})
    assert (refused.status, refused.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize("minor", [0, -1, 10**15, 10**400, 1.5, "1", True, None, [], {}])
async def test_an_amount_that_is_none_is_refused(house: House, minor: Any) -> None:
    user = await house.user()
    refused = await user.post("/v1/payments", {"amount": {"minor": minor, "currency": "CNY"}, "merchant": "x"})
    assert (refused.status, refused.code, refused.body["details"]) == (400, "invalid_request", {"field": "amount"})


@pytest.mark.parametrize("key", ["x" * 201, "键", "a\tb", "\x7f", "é"])
async def test_an_odd_idempotency_key_is_refused(house: House, key: str) -> None:
    user = await house.user()
    refused = await user.post("/v1/payments", {"amount": cny("1"), "merchant": "x"}, key)
    assert (refused.status, refused.code) == (400, "invalid_request")


@pytest.mark.parametrize("key", ["", " "])
async def test_a_blank_idempotency_key_is_none(house: House, key: str) -> None:
    user = await house.user()
    body = {"amount": cny("1"), "merchant": "x"}
    headers = {"Idempotency-Key": key}
    refused = await house.call("POST", "/v1/payments", token=user.token, json=body, headers=headers)
    assert refused.code == "idempotency_key_missing"


@pytest.mark.parametrize(
    "query", ["cursor=", "cursor=nothing", "cursor=%00", "cursor=" + "x" * 201, "limit=", "limit=²"]
)
async def test_a_page_that_cannot_be_meant_is_refused(house: House, query: str) -> None:
    user = await house.user()
    assert (await user.get(f"/v1/payments?{query}")).code == "invalid_request"


@pytest.mark.parametrize(
    "since", ["", "2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "x" * 999]
)
async def test_a_time_that_is_none_is_refused(house: House, since: str) -> None:
    user_id = await house.open_user()
    refused = await house.support(f"/users/{user_id}/payments?since={since}", acting=user_id)
    assert refused.code == "invalid_request"


@pytest.mark.parametrize("expires", ["2029-13", "2029-00", "0000-01", "2029-02-30", "29-05", "2029-5", "２０２９-05"])
async def test_a_date_on_a_card_that_is_none_is_refused(house: House, expires: str) -> None:
    user = await house.user()
    body = {"number": "6200010000070304", "expires": expires}
    refused = await user.post("/v1/cards", body)
    assert (refused.code, refused.body["details"]) == ("invalid_request", {"field": "expires"})


async def test_overlong_headers_are_refused(house: House) -> None:
    refused = await house.call("GET", "/health", headers={"X-Long": "x" * 20_000})
    assert (refused.status, refused.code) == (413, "body_too_large")


@pytest.mark.parametrize("token", ["x", "é", "a.b.c", ".", "x" * 4000])
async def test_a_token_that_is_none_is_refused(house: House, token: str) -> None:
    assert (await house.call("GET", "/v1/me", token=token)).code == "unauthenticated"
    assert (await house.call("GET", "/v1/support/incidents", token=token)).code == "unauthenticated"


@pytest.mark.parametrize("name", ["%00", "%FF", "%ED%A0%80", "x" * 3000])
async def test_a_name_in_a_path_that_is_nobodys_is_not_found(house: House, name: str) -> None:
    user = await house.user()
    assert (await user.get(f"/v1/payments/{name}")).code == "not_found"
    asked = await house.support(f"/users/{name}/limits", acting=name)
    assert asked.code == "not_found"


@pytest.mark.parametrize("acting", ["é", "键", "x" * 5000])
async def test_an_odd_name_to_act_for_is_refused_and_kept_on_record(house: House, acting: str) -> None:
    user_id = await house.open_user()
    assert (await house.support(f"/users/{user_id}/limits", acting=acting)).code == "forbidden"
