"""Requests made from the description, right and wrong ones: each is answered as described, none breaks the wallet."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.integration.wallet.fuzzing.conftest import Fuzzed
from wallet.api.description import describe

EXAMPLES = 6
# What fits its schema and is refused all the same, by a rule that no schema can say.
REFUSED_BY_A_RULE: dict[str, set[int]] = {
    "confirm_password_reset": {400, 422},
    "create_card": {400, 409},
    "create_topup": {400},
    "list_payments": {400},
    "list_refunds": {400},
    "list_topups": {400},
    "list_transfers": {400},
    "list_withdrawals": {400},
    "pass_second_factor": {400},
    "raise_identity_level": {400, 409},
    "set_limits": {403, 422},
    "switch_two_factor_on": {422},
}

schema = schemathesis.openapi.from_dict(describe())
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE], max_examples=EXAMPLES)
schema.config.update(base_url="http://127.0.0.1:1")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_an_operation_answers_whatever_comes_as_described(case: Case, fuzzed: Fuzzed) -> None:
    operation: dict[str, Any] = case.operation.definition.raw
    token = fuzzed.token_for(operation)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if "{user_id}" in case.path and not _is_wrong_in(case, ParameterLocation.PATH):
        case.path_parameters["user_id"] = fuzzed.subject
        if not _is_wrong_in(case, ParameterLocation.HEADER):
            headers["X-On-Behalf-Of"] = fuzzed.subject
    response = case.call(base_url=fuzzed.house.url, headers=headers)
    by_a_rule = response.status_code in REFUSED_BY_A_RULE.get(operation["operationId"], set())
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if by_a_rule else [])


def _is_wrong_in(case: Case, location: ParameterLocation) -> bool:
    component = case.meta.components.get(location) if case.meta else None
    return component is not None and component.mode.is_negative
