"""The phone number or e-mail address of somebody who is not known yet."""

from __future__ import annotations

import pytest

from bot.privacy.contacts import Masked, mask_contacts


@pytest.mark.parametrize(
    ("text", "masked", "contact"),
    [
        ("13800000001", "138****0001", "13800000001"),
        ("我的手机号是 138 0000 0001", "我的手机号是 138****0001", "13800000001"),
        ("+86 138-0000-0001", "138****0001", "13800000001"),
        ("１３８０００００００１", "138****0001", "13800000001"),
        ("it's +44 20 7946 0018, thanks", "it's +44****0018, thanks", "+442079460018"),
        ("My e-mail is Chen@Example.com.", "My e-mail is C***@Example.com.", "Chen@Example.com"),
        ("邮箱chen@example.com，付款失败", "邮箱c***@example.com，付款失败", "chen@example.com"),
    ],
)
def test_a_contact_is_masked_and_told_as_a_wallet_writes_it(text: str, masked: str, contact: str) -> None:
    found = mask_contacts(text)
    assert (found.text, found.contact) == (masked, contact)


@pytest.mark.parametrize(
    "text",
    [
        "13800000001",
        "我的手机号是13800000001",
        "my e-mail address is chen@example.com",
        "好的，chen@example.com",
        "It's +8613800000001!",
        "发到chen@example.com吧",
        "请发到 13800000001，谢谢",
        "刚才写错了，应该是 13800000001",
        "you can send it to chen@example.com",
        "Sorry, wrong one: chen@example.com, thanks",
    ],
)
def test_a_message_that_is_a_contact_and_no_more_is_known_as_one(text: str) -> None:
    assert mask_contacts(text).is_all


@pytest.mark.parametrize(
    "text",
    [
        "转给13800000001的钱没到",
        "my payment to chen@example.com failed",
        "给 13800000001 转 50",
        "13800000001 或 13800000002",
    ],
)
def test_a_message_that_says_more_is_not(text: str) -> None:
    found = mask_contacts(text)
    assert not found.is_all
    assert "1380000000" not in found.text
    assert "chen@" not in found.text


@pytest.mark.parametrize("words", ["手机号码", "我的"])
def test_a_long_row_of_words_that_can_be_divided_in_many_ways_is_judged_in_one_look(words: str) -> None:
    assert not mask_contacts(f"13800000001 {words * 400}某").is_all


def test_of_two_contacts_neither_is_told_and_both_are_masked() -> None:
    assert mask_contacts("13800000001 或 a@b.com") == Masked("138****0001 或 a***@b.com", None, is_all=False)


@pytest.mark.parametrize(
    "text", ["付款 500 失败", "pay_1a2b3c4d5e6f", "WH-412K-AYTH", "12345", "尾号 0001", "2026-03-12 10:00", ""]
)
def test_anything_else_is_left_as_it_is(text: str) -> None:
    assert mask_contacts(text) == Masked(text, None, is_all=False)
