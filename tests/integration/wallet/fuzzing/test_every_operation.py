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
    "plan_incident": {400},
    "raise_identity_level": {400, 409},
    "set_limits": {403, 422},
    "switch_two_factor_on": {422},
}
REFUSALS = [400, 401, 403, 404, 409, 413, 415, 422]

schema = schemathesis.openapi.from_dict(describe(with_development=True))
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE], max_examples=EXAMPLES)
schema.config.update(base_url="http://127.0.0.1:1")
schema.config.checks.negative_data_rejection.expected_statuses = [str(status) for status in REFUSALS]


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
    response = case.call(base_url=fuzzed.house.url, headers=_meant_headers(case, operation, fuzzed))
    refused_by = REFUSED_BY_A_RULE.get(operation["operationId"], set()) | _refusals_of_numbers(case)
    by_a_rule = response.status_code in refused_by
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if by_a_rule else [])


def _meant_headers(case: Case, operation: dict[str, Any], fuzzed: Fuzzed) -> dict[str, str]:
    """Who calls and for whom, unless it is what is wrong with the request."""
    headers: dict[str, str] = {}
    token = fuzzed.token_for(operation)
    if token and not _is_wrong_with(case, "Authorization"):
        headers["Authorization"] = f"Bearer {token}"
    if "{user_id}" in case.path and not _is_wrong_in(case, ParameterLocation.PATH):
        case.path_parameters["user_id"] = fuzzed.subject
        if not _is_wrong_in(case, ParameterLocation.HEADER):
            headers["X-On-Behalf-Of"] = fuzzed.subject
    return headers


def _is_wrong_with(case: Case, header: str) -> bool:
    mutations = getattr(case.meta.phase.data, "mutations", ()) if case.meta else ()
    return any(each.parameter_location is ParameterLocation.HEADER and each.parameter == header for each in mutations)


def _is_wrong_in(case: Case, location: ParameterLocation) -> bool:
    component = case.meta.components.get(location) if case.meta else None
    return component is not None and component.mode.is_negative


def _refusals_of_numbers(case: Case) -> set[int]:
    """To a schema 5.0 is an integer. Here it is none: whoever writes amounts as floats will write 0.1 + 0.2 one day."""
    return {400} if _has_float(case.body) or _has_float(dict(case.query or {})) else set()


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_float, value.values()))
    return any(map(_has_float, value)) if isinstance(value, list) else isinstance(value, float)
