"""What a message names, with its value and its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities import extract_entities

NUMERALS = "零一二两三四五六七八九十百千万亿半块元毛¥$kw0123456789.,:：-/ 分星点月号周天前個WHpay_"


def named(text: str, entity: str) -> list[str]:
    """Values of one entity in order."""
    return [found["value"] for found in extract_entities(text) if found["entity"] == entity]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("付了六千块", "6000", "六千块"),
        ("两千元没到账", "2000", "两千元"),
        ("一千五百块钱", "1500", "一千五百块钱"),
        ("¥6,000.00 付不了", "6000", "¥6,000.00"),
        ("￥５００", "500", "￥５００"),
        ("pay 6k failed", "6000", "6k"),
        ("充值1.5万失败", "15000", "1.5万"),
        ("付了 6000.50 元 没成功", "6000.5", "6000.50 元"),
        ("a payment of 88 yuan", "88", "88 yuan"),
        ("$10.50 declined", "10.5", "$10.50"),
        ("5块", "5", "5块"),
        ("付6000不行", "6000", "6000"),
        ("我要付6000", "6000", "6000"),
        ("6000", "6000", "6000"),
        ("3百块", "300", "3百块"),
    ],
)
def test_an_amount_is_found_with_its_value_and_its_words(text: str, value: str, words: str) -> None:
    (amount,) = [found for found in extract_entities(text) if found["entity"] == "amount"]

    assert (amount["value"], text[amount["start"] : amount["end"]]) == (value, words)


@pytest.mark.parametrize(
    "text",
    [
        "my 2 cards",
        "验证码 482913",
        "验证码是482913",
        "the code is 4821",
        "尾号1234的卡",
        "card ending in 1234",
        "6222020012345678",
        "6222 0200 1234 5678",
        "13800138000",
        "2026年11月22日",
        "12/25",
        "10% off",
        "等了15分钟",
        "I waited 30 minutes",
        "试了20次",
        "v2.50",
        "abc123",
        "pay_0123456789",
    ],
)
def test_a_count_a_date_a_code_or_a_card_number_is_no_amount(text: str) -> None:
    assert named(text, "amount") == []


def test_two_amounts_come_in_order() -> None:
    assert named("我充了500块又充了两百块", "amount") == ["500", "200"]


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("用apple pay充值", "topup_channel", "apple_pay"),
        ("信用卡充不了", "topup_channel", "bank_card_credit"),
        ("With my DEBIT CARD", "topup_channel", "bank_card_debit"),
        ("便利店现金", "topup_channel", "convenience_store"),
        ("我的icbc卡", "bank", "ICBC"),
        ("招行的卡", "bank", "CMB"),
        ("China Merchants Bank card", "bank", "CMB"),
        ("订单pay_01hv3k9qab怎么了", "transaction_id", "pay_01hv3k9qab"),
        ("TOP_01HV3K9QAB", "transaction_id", "top_01hv3k9qab"),
        ("提现 wdr_01hv3k9qab 没到账", "transaction_id", "wdr_01hv3k9qab"),
        ("编号WH-7K3M-Q9TD到哪了", "case_number", "WH-7K3M-Q9TD"),
        ("wh7k3mq9td", "case_number", "WH-7K3M-Q9TD"),
        ("错误码51怎么办", "error_code", "51"),
        ("error code: 1A", "error_code", "1A"),
        ("提示代码 E1001", "error_code", "E1001"),
        ("昨天 14:03 付的", "time", "14:03"),
        ("下午3点半", "time", "15:30"),
        ("刚才付款", "time", "just_now"),
        ("提现收费吗", "movement", "withdrawal"),
        ("卡丢了", "lost", "card"),
        ("I lost my phone", "lost", "phone"),
        ("请说英文", "named_language", "en"),
    ],
)
def test_what_is_named_is_found(text: str, entity: str, value: str) -> None:
    assert value in named(text, entity)


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("5", "5"),
        ("四", "4"),
        ("给你5分", "5"),
        ("三颗星", "3"),
        ("4 stars", "4"),
        ("two out of five", "2"),
        ("3/5", "3"),
        ("５分", "5"),
    ],
)
def test_stars_are_found(text: str, stars: str) -> None:
    assert named(text, "stars") == [stars]


@pytest.mark.parametrize("text", ["15分钟", "等了5分钟", "3.5分", "十五分", "6 分", "0", "25分", "三星手机"])
def test_what_is_no_number_of_stars_is_not_taken_for_one(text: str) -> None:
    assert named(text, "stars") == []


@pytest.mark.parametrize("text", ["capplepay", "wired", "debited", "WH-ILOU-0000", "pay_short", "my codec 51"])
def test_a_part_of_a_word_names_nothing(text: str) -> None:
    assert [
        found
        for found in extract_entities(text)
        if found["entity"] in ("topup_channel", "case_number", "transaction_id")
    ] == []


@pytest.mark.parametrize("text", ["ban\u212a transfer", "debit card\u017f", "\u017ftars 5"])
def test_letters_that_only_fold_to_latin_ones_do_no_harm(text: str) -> None:
    assert isinstance(extract_entities(text), list)


@given(st.one_of(st.text(st.characters(blacklist_categories=())), st.text(st.sampled_from(NUMERALS), max_size=60)))
def test_any_text_gives_entities_in_order_that_lie_within_it_and_do_not_overlap(text: str) -> None:
    found, end = extract_entities(text), 0
    for entity in found:
        assert end <= entity["start"] < entity["end"] <= len(text)
        end = entity["end"]
        if entity["entity"] == "amount":
            assert Decimal(entity["value"]).is_finite()
