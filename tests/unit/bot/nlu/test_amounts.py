"""Amounts with their values and places, and numbers that are none."""

from __future__ import annotations

import pytest

from bot.nlu.numerals import number_in_chinese, number_in_english
from tests.unit.bot.nlu.marked import places, unmarked


@pytest.mark.parametrize(
    "marked",
    [
        "付了[六千块=6000]",
        "[两千元=2000]没到账",
        "[一千五百块钱=1500]",
        "充了[两千五=2500]没到账",
        "[三百五十元=350]",
        "我转了[三万二=32000]给他",
        "[一千零五=1005]",
        "[六百六十六块=666]",
        "[壹佰元=100]",
        "轉了[兩千五=2500]",
        "[六千多块=6000]没到账",
        "账上[五百块=500]没了",
        "[一块钱=1]都付不了",
        "[三块五=3.5]",
        "[5块5毛2=5.52]",
        "[12块8=12.8]",
        "[5毛=0.5]",
        "[50块=50]一直没到",
        "充了[50块=50]3次",
        "付了[100块=100]2笔",
        "[1万5=15000]",
        "[1w5=15000]",
        "[2千5百块=2500]",
        "[10w=100000]",
        "[3 万=30000]",
        "[5,5 万=55000]",
        "[1亿=100000000]",
        "充值[1.5万=15000]失败",
        "买手机[6000=6000]分期",
        "支付[6000=6000]时失败",
        "转了[500=500]人家没收到",
        "充值[1,234.56元=1234.56]",
        "充值[６，０００元=6000]",
        "[２００元=200]",
        "转[500=500]，[200=200]没到",
        "[人民币500=500]",
        "[500人民币=500]",
        "[100刀=100]",
        "[5000元钱=5000]",
        "[500=500]-[1000元=1000]",
        "[500=500]到[1000块=1000]",
        "2026-11-03 [500元=500]没到",
        "用信用卡[500=500]付不了",
        "付[2000=2000]不行",
        "我付了[100000=100000]",
        "只有[两千=2000]余额",
    ],
)
def test_an_amount_in_chinese_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "amount") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[6k=6000]",
        "sent [1.2k=1200] to mum",
        "[6 thousand=6000]",
        "[2 grand=2000]",
        "[1.5 million=1500000]",
        "[1,000 yuan=1000]",
        "[1 000 yuan=1000]",
        "[50 quid=50]",
        "[fifty quid=50]",
        "[a hundred bucks=100]",
        "[two hundred and fifty dollars=250]",
        "I paid [five thousand=5000] and it failed",
        "[$1,500.75=1500.75] declined",
        "[12,50 €=12.5]",
        "[€20=20]",
        "[£50=50]",
        "[HK$300=300]",
        "[US$50=50]",
        "[usd 300=300]",
        "[300 USD=300]",
        "[rmb500=500]",
        "[RMB 1,200=1200]",
        "[50 cents=0.5]",
        "a credit card top-up of [1000=1000]",
        "my [6000=6000] payment failed",
        "declined at the pharmacy, [460=460]",
    ],
)
def test_an_amount_in_english_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "amount") == expected


@pytest.mark.parametrize(
    "text",
    [
        "13800138000元",
        "¥13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "400-800-1234",
        "6222 0200 1234 5678元",
        "6222020012345678块",
        "6222-0200-1234-5678",
        "110101199003078515",
        "11010119900307851X",
        "card 1234",
        "my visa 1234 was declined",
        "我的卡1234付不了",
        "1234那张卡",
        "482913",
        "call 95588",
        "订单10086",
        "a parcel from order 4821",
    ],
)
def test_a_card_a_phone_an_id_or_a_code_is_no_amount(text: str) -> None:
    assert places(text, "amount") == []


@pytest.mark.parametrize(
    "text",
    [
        "一块去",
        "一起一块儿",
        "两三百块",
        "几百块",
        "万一失败怎么办",
        "十分着急",
        "千万别扣钱",
        "一百次",
        "百分之五十",
        "百分之一百",
        "一分钱没收到",
        "等了24小时还没到账",
        "10个工作日",
        "10 business days",
        "20 payments failed",
        "我有2000积分",
        "第100次",
        "in 2024 I paid",
        "iphone 15",
        "iOS 17",
        "transfer at 11 failed",
        "two fifty",
        "thanks a million",
        "4%",
        "37码",
        "芝麻分六百五",
        "I turned 18 last week",
    ],
)
def test_what_counts_or_names_something_else_is_no_amount(text: str) -> None:
    assert places(text, "amount") == []


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty-five", 25),
        ("fifteen hundred", 1500),
        ("two hundred and six thousand and ten", 206_010),
        ("a thousand", 1000),
    ],
)
def test_english_number_words_are_read(words: str, number: int) -> None:
    assert number_in_english(words) == number


@pytest.mark.parametrize("words", ["two fifty", "one two three", "thousand thousand", "hundred hundred"])
def test_number_words_that_make_no_number_are_not_read(words: str) -> None:
    assert number_in_english(words) is None


@pytest.mark.parametrize("text", ["两三百", "三五", "百", "零十零", "二零二六", "一" * 21])
def test_chinese_numerals_that_make_no_exact_number_are_not_read(text: str) -> None:
    assert number_in_chinese(text) is None
