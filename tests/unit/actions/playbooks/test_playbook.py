"""Playbooks are read as they are written."""

from __future__ import annotations

import pytest

from actions.playbooks.playbook import Step, StepKind, load_playbook


def test_a_step_is_a_fix_unless_the_playbook_says_otherwise() -> None:
    assert load_playbook("payment").step("update_card") == Step("update_card", StepKind.FIX)


def test_an_offer_has_its_operation_and_what_comes_after_a_no() -> None:
    offer = load_playbook("login").step("send_reset_link")

    assert (offer.kind, offer.operation, offer.otherwise) == (StepKind.OFFER, "send_reset_link", ("wait_for_unlock",))


@pytest.mark.parametrize(
    ("topic", "handbook"),
    [
        ("login", ("check_network", "reset_password")),
        ("payment", ("check_card_balance", "check_card_details", "check_limits")),
        ("topup", ("check_channel", "check_network", "wait_and_retry")),
    ],
)
def test_the_checklist_walks_the_fixes_of_the_handbook_in_order(topic: str, handbook: tuple[str, ...]) -> None:
    assert load_playbook(topic).checklist == handbook


def test_fraud_goes_to_a_person_without_a_checklist() -> None:
    assert load_playbook("fraud").checklist == ()
