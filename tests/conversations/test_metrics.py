"""The figures of the running product, as a collector on the same machine reads them."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conversations.visitors import conversation_of
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.web import call

pytestmark = pytest.mark.conversation


def figures(stack: Stack, name: str) -> dict[tuple[str, ...], float]:
    """Each figure of a process by its name and its labels."""
    text = call("GET", f"{stack.url(name)}/metrics").expect(200)
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_conversation_shows_in_the_figures_of_all_three(stack: Stack, chen: WalletUser) -> None:
    before = {name: figures(stack, name) for name in ("bot", "wallet", "desk")}
    conversation = conversation_of(stack, chen)
    conversation.say("刚才付款失败了")
    conversation.say("人工")
    after = {name: figures(stack, name) for name in before}

    def more(name: str, of: str, *labels: str) -> float:
        figure = (of, *sorted(labels))
        return after[name].get(figure, 0.0) - before[name].get(figure, 0.0)

    assert more("bot", "bot_turn_seconds_count", "widget", "zh") == 2
    assert more("bot", "bot_handoffs_total", "asked") == 1
    assert more("bot", "bot_calls_total", "answered", "wallet") >= 2
    assert more("bot", "bot_calls_total", "answered", "desk") >= 1
    routed = "/v1/support/users/<user_id:str>/payments"
    assert more("wallet", "hotline_http_requests_total", "200", "GET", routed) >= 1
    assert more("desk", "desk_open_cases") == 1
    assert after["bot"][("process_resident_memory_bytes",)] > 0


def test_nobody_reads_them_through_a_proxy(stack: Stack) -> None:
    for name in ("bot", "wallet", "desk"):
        refused = call("GET", f"{stack.url(name)}/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
        assert (refused.status, refused.body["code"]) == (403, "forbidden")
