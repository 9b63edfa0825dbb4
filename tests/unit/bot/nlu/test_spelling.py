"""The tables of spelling.yml mend what they name, and nothing that holds it by chance."""

from __future__ import annotations

import itertools

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalize import normalize
from bot.nlu.spelling import SPELLING_FILE

TABLES = yaml.safe_load(SPELLING_FILE.read_text(encoding="utf-8"))
VARIANTS = [
    (variant, spelling)
    for table in (TABLES["chinese"], TABLES["english"])
    for spelling, variants in table.items()
    for variant in variants
]
PIECES = st.sampled_from([*(variant for variant, _ in VARIANTS), *TABLES["untouched"], " ", "了", "a", "!", "6000"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("花被还不了", "花呗还不了"),
        ("花唄額渡", "花呗额度"),
        ("借被的利西", "借呗的利息"),
        ("微粒带怎么换款", "微粒贷怎么还款"),
        ("查帐单", "查账单"),
        ("登陆不了", "登录不了"),
        ("冲值没到", "充值没到"),
        ("收不到验正码", "收不到验证码"),
        ("体现没到账", "提现没到账"),
        ("提线失败", "提现失败"),
        ("退宽没到", "退款没到"),
        ("怎么绑订银行咔", "怎么绑定银行卡"),
        ("注消账号", "注销账号"),
        ("上传身份正", "上传身份证"),
        ("余额保转出", "余额宝转出"),
        ("支付密吗忘了", "支付密码忘了"),
        ("转人公", "转人工"),
    ],
)
def test_a_typo_in_chinese_is_mended(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("not recieved", "not received"),
        ("money transfered", "money transferred"),
        ("tranfer pendng", "transfer pending"),
        ("Withdrawl", "withdrawal"),
        ("my acount", "my account"),
        ("i payed", "i paid"),
        ("verfy my identy", "verify my identity"),
        ("cancle my refud", "cancel my refund"),
        ("chargd twice", "charged twice"),
        ("beneficary", "beneficiary"),
        ("currancy exchage", "currency exchange"),
        ("I don't recognise it, unauthorised", "i don't recognize it unauthorized"),
        ("can not sign in", "can't log in"),
        ("CANNOT SIGNIN", "can't log in"),
        ("it isnt there, did not arrive", "it isn't there didn't arrive"),
        ("pls help", "please help"),
    ],
)
def test_a_typo_in_english_is_mended(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "互换款式",
        "体现价值",
        "具体现在怎么样",
        "更换款项",
        "数据加密吗",
        "收款马上到",
        "请帮我定一下",
        "交付宽带费",
        "其余期数",
        "支付包括哪些",
        "备注消息",
        "身份正常",
        "余额保障",
        "棉花被子",
        "剩余期限",
        "台风登陆",
        "总之付不了",
        "问题现在还在",
        "提限额",
        "costume party",
        "he is ill",
        "the wonton",
        "recant",
        "a check",
    ],
)
def test_a_word_that_holds_a_typo_by_chance_stays(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(("variant", "spelling"), VARIANTS)
def test_every_variant_becomes_its_spelling_and_the_spelling_stays(variant: str, spelling: str) -> None:
    assert normalize(variant) == normalize(spelling) == spelling


def test_no_variant_has_two_spellings_or_is_one() -> None:
    variants = [variant for variant, _ in VARIANTS]

    assert sorted(variants) == sorted(set(variants))
    assert {spelling for _, spelling in VARIANTS} & set(variants) == set()


def test_every_untouched_word_holds_a_variant_and_stays() -> None:
    variants = [variant for variant, _ in VARIANTS]

    for word in TABLES["untouched"]:
        assert normalize(word) == word
        assert any(variant in word for variant in variants), word


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        ("👍", "ok"),
        ("👍🏽👍🏽", "ok"),
        ("😡", "terrible service"),
        ("😡 🤬", "terrible service"),
        ("❤️", "thanks"),
        ("👎", "no"),
    ],
)
def test_a_message_of_one_known_picture_is_read_as_words(pictures: str, words: str) -> None:
    assert normalize(pictures) == words


@pytest.mark.parametrize("text", ["付不了👍", "👍付不了", "付不了😡😡"])
def test_pictures_beside_words_say_nothing(text: str) -> None:
    assert normalize(text) == "付不了"


@pytest.mark.parametrize("pictures", ["👍👎", "😀", "👍😀"])
def test_pictures_that_contradict_or_are_not_known_say_nothing(pictures: str) -> None:
    assert normalize(pictures) == ""


@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_was_mended_needs_no_more_mending(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


def test_pictures_are_listed_once() -> None:
    pictures = list(itertools.chain(*TABLES["alone"].values()))

    assert sorted(pictures) == sorted(set(pictures))
