"""Banks, channels, ids and codes with their values and places."""

from __future__ import annotations

import pytest
import yaml

from bot.nlu.vocabulary import VOCABULARY_FILE
from tests.unit.bot.nlu.marked import places, unmarked


@pytest.mark.parametrize(
    "marked",
    [
        "我的[工行=ICBC]卡",
        "[中国工商银行=ICBC]",
        "[农行=ABC]卡",
        "[中国银行=BOC]",
        "[建設銀行=CCB]",
        "[交行=BOCOM]",
        "[招行=CMB]的卡",
        "[邮储=PSBC]",
        "[中信=CITIC]",
        "[浦发=SPDB]",
        "[兴业银行=CIB]",
        "[民生银行=CMBC]",
        "[光大=CEB]",
        "[华夏银行=HXB]",
        "[广发=CGB]",
        "[平安银行=PAB]",
        "[浙商银行=CZB]",
        "[北京银行=BOB]",
        "[微众=WEBANK]",
        "[汇丰=HSBC]",
        "[渣打=SCB]",
        "[花旗=CITI]",
        "my [HSBC=HSBC] card",
        "[China Merchants Bank=CMB] card",
        "[Bank of China=BOC]",
        "[Barclays=BARCLAYS]",
        "[Chase bank=CHASE]",
        "[Bank of America=BOFA]",
        "[Standard Chartered=SCB]",
        "[Ping An=PAB]",
    ],
)
def test_a_bank_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "bank") == expected


@pytest.mark.parametrize("text", ["平安到达", "民生问题", "please chase my refund", "abc", "一行字", "bochum"])
def test_what_only_sounds_like_a_bank_is_none(text: str) -> None:
    assert places(text, "bank") == []


@pytest.mark.parametrize(
    "marked",
    [
        "[信用卡=bank_card_credit]充不了",
        "[儲蓄卡=bank_card_debit]",
        "With my [DEBIT CARD=bank_card_debit]",
        "用[网银=bank_transfer]充值",
        "by [wire transfer=bank_transfer]",
        "用[apple pay=apple_pay]充值",
        "[苹果支付=apple_pay]",
        "[便利店=convenience_store]",
        "at a [7-Eleven=convenience_store]",
        "what does it cost to cash out",
    ],
)
def test_a_way_to_top_up_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "topup_channel") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "订单[pay_9f1c0a7be24d53ab=pay_9f1c0a7be24d53ab]怎么了",
        "[PAY_9F1C0A7BE24D53AB=pay_9f1c0a7be24d53ab]失败",
        "[top_01HV3K9QAB=top_01hv3k9qab]",
        "[ｔｒｆ＿９ｆ１ｃ０ａ７ｂ=trf_9f1c0a7b]",
        "[pay-9f1c0a7be24d53ab=pay_9f1c0a7be24d53ab]",
        "[trf9f1c0a7be24d53ab=trf_9f1c0a7be24d53ab]",
        "a top-up failed",
        "pay-as-you-go",
        "refundable",
    ],
)
def test_a_transaction_id_is_found_as_the_wallet_makes_it(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "transaction_id") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "错误码[51=51]怎么办",
        "提示代码 [E1001=E1001]",
        "代码[05=05]",
        "报错[e1001=E1001]",
        "錯誤代碼：[91=91]",
        "error code: [1A=1A]",
        "error [500=500]",
        "response code is [68=68]",
        "decline code [05=05]",
        "the code is 4821",
        "code 482913",
        "my codec 51",
        "an error 3 times",
    ],
)
def test_an_error_code_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "error_code") == expected


def test_no_word_of_an_entity_has_two_values() -> None:
    vocabulary = yaml.safe_load(VOCABULARY_FILE.read_text(encoding="utf-8"))

    for values in vocabulary.values():
        words = [word.lower() for listed in values.values() for word in listed]
        assert sorted(words) == sorted(set(words))
