"""Every operation of the description as a request, and whose it is: the table behind the matrix of admission."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.integration.wallet.described import JSON, operations

# A path of a user's own things answers 404 for somebody else's; everything else is about the caller alone.
OWN_THING, OWN_ACCOUNT = "own thing", "own account"

# What a user could get at of somebody else's. An operation that is not here fails the test: decide what it is.
WRONG_USER = {
    "begin_two_factor": OWN_ACCOUNT,
    "create_card": OWN_ACCOUNT,
    "create_payment": OWN_ACCOUNT,
    "create_refund": OWN_THING,
    "create_support_token": OWN_ACCOUNT,
    "create_topup": OWN_ACCOUNT,
    "create_transfer": OWN_ACCOUNT,
    "create_withdrawal": OWN_ACCOUNT,
    "end_device": OWN_THING,
    "freeze_me": OWN_ACCOUNT,
    "list_cards": OWN_ACCOUNT,
    "list_devices": OWN_ACCOUNT,
    "list_payments": OWN_ACCOUNT,
    "list_refunds": OWN_ACCOUNT,
    "list_topup_channels": OWN_ACCOUNT,
    "list_topups": OWN_ACCOUNT,
    "list_transfers": OWN_ACCOUNT,
    "list_withdrawals": OWN_ACCOUNT,
    "query_payment": OWN_THING,
    "query_topup": OWN_THING,
    "query_withdrawal": OWN_THING,
    "raise_identity_level": OWN_ACCOUNT,
    "remove_card": OWN_THING,
    "set_limits": OWN_ACCOUNT,
    "show_limits": OWN_ACCOUNT,
    "show_me": OWN_ACCOUNT,
    "show_own_fee_quote": OWN_ACCOUNT,
    "show_payment": OWN_THING,
    "show_refund": OWN_THING,
    "show_topup": OWN_THING,
    "show_transfer": OWN_THING,
    "show_withdrawal": OWN_THING,
    "switch_two_factor_off": OWN_ACCOUNT,
    "switch_two_factor_on": OWN_ACCOUNT,
    "update_card": OWN_THING,
}


@dataclass(frozen=True)
class Call:
    """A valid request for an operation, but for who sends it."""

    name: str
    method: str
    path: str
    body: Any
    headers: dict[str, str]
    scope: str | None
    is_for_users: bool
    is_limited: bool

    @property
    def names_a_user(self) -> bool:
        """Whether it is about a user of the path."""
        return "X-On-Behalf-Of" in self.headers


def calls(**values: str) -> list[Call]:
    """A request for each operation; values go into the places of paths."""
    return [_call(method, path, operation, values) for method, path, operation in operations()]


def _call(method: str, path: str, operation: dict[str, Any], values: dict[str, str]) -> Call:
    schemes = {kind: scopes for requirement in operation["security"] for kind, scopes in requirement.items()}
    own = [parameter for parameter in operation["parameters"] if parameter.get("in") == "query"]
    query = [f"{one['name']}={one.get('example', 'CNY')}" for one in own if one.get("required")]
    headers = {}
    if {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"]:
        headers["Idempotency-Key"] = "admission"
    if {"$ref": "#/components/parameters/OnBehalfOf"} in operation["parameters"]:
        headers["X-On-Behalf-Of"] = values.get("user_id", "somebody")
    filled = re.sub(r"{(\w+)}", lambda found: values.get(found[1], "nothing"), path)
    return Call(
        name=operation["operationId"],
        method=method,
        path=f"{filled}?{'&'.join(query)}" if query else filled,
        body=operation["requestBody"]["content"][JSON]["example"] if "requestBody" in operation else None,
        headers=headers,
        scope=next(iter(schemes.get("service_token", [])), None),
        is_for_users="user_token" in schemes,
        is_limited="429" in operation["responses"],
    )
