"""What is personal in a hand-off is found and masked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.desk.handoffs.packet import Packet
from bot.desk.handoffs.requests import read_packet
from bot.desk.pages.packet import plain, show
from bot.desk.pages.personal import Personal, mask_personal, personal_data

USER_ID, TRANSACTION = "user-77c41d9e20", "pay_9f1c0a7be24d5310"


@pytest.fixture
def personal_packet(packet: dict[str, Any]) -> Packet:
    """A packet with personal data in every place there is."""
    return read_packet(
        {
            **packet,
            "user_id": USER_ID,
            "findings": [{"cause": "card_expired", "values": {"transaction": TRANSACTION, "card_id": "4711"}}],
            "facts": {"about": [f"of {TRANSACTION}", {"deep": "top_00112233445566ff"}]},
            "last_words": f"{TRANSACTION} failed, says {USER_ID}",
        }
    )


@pytest.mark.parametrize("text", [TRANSACTION, f"({TRANSACTION})", f"为什么{TRANSACTION}失败", f"{TRANSACTION}."])
def test_an_id_is_masked_wherever_it_stands(text: str) -> None:
    assert mask_personal(text) == text.replace(TRANSACTION, "••••5310")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话••••78。"),
        ("+86 138-1234-5678", "••••5678"),
        ("tel8613812345678", "tel••••5678"),
        ("138 1234 5678", "••••5678"),
        ("\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "••••\uff17\uff18"),
        ("邮箱li.lei+1@mail.example.cn,谢谢", "邮箱••••e.cn,谢谢"),
        ("li\uff20example.com", "••••.com"),
    ],
)
def test_how_to_reach_somebody_is_masked_wherever_it_stands(text: str, shown: str) -> None:
    assert mask_personal(text) == shown


@pytest.mark.parametrize(
    "text", ["138****5678", "l***i@example.com", "12812345678", "138123456789", "2026-03-01 13:00"]
)
def test_what_is_masked_already_or_nobodys_number_stays_as_it_is(text: str) -> None:
    assert mask_personal(text) == text


@pytest.mark.parametrize(
    "text", ["over_daily_limit", "pay_day", "3,200.00 CNY", "2026-03-01T08:30:00Z", "WH-7K3M-Q9TD"]
)
def test_what_is_no_id_stays_as_it_is(text: str) -> None:
    assert mask_personal(text) == text


def test_the_users_id_is_masked_as_a_word_and_a_short_one_is_a_word_of_its_own() -> None:
    assert mask_personal(f"I am {USER_ID}, not {USER_ID}x", USER_ID) == f"I am ••••9e20, not {USER_ID}x"
    assert mask_personal("chen pays", "chen") == "chen pays"


def test_nothing_personal_is_left_in_what_is_shown(personal_packet: Packet) -> None:
    shown = repr(replace(show(personal_packet), steps=()))
    for personal in (USER_ID, TRANSACTION, "4711", "top_0011"):
        assert personal not in shown


def test_a_reveal_names_everything_once(personal_packet: Packet) -> None:
    assert personal_data(personal_packet, [f"again {TRANSACTION}", "and card_aabbccdd00112233"]) == [
        Personal("user_id", USER_ID),
        Personal("transaction", TRANSACTION),
        Personal("card_id", "4711"),
        Personal("mentioned", "top_00112233445566ff"),
        Personal("mentioned", "card_aabbccdd00112233"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"minor": 200000, "currency": "CNY"}, "2,000.00 CNY"),
        ({"minor": -5, "currency": "CNY"}, "-0.05 CNY"),
        ({"minor": 1500, "currency": "JPY"}, "1500 JPY"),
        (["a", "b"], "a, b"),
        ({"a": 1, "b": [2, 3]}, "a: 1, b: 2, 3"),
        (7, "7"),
    ],
)
def test_a_value_is_written_out(value: Any, text: str) -> None:
    assert plain(value) == text


def test_a_guest_is_never_verified(personal_packet: Packet) -> None:
    assert show(personal_packet).is_verified
    assert not show(replace(personal_packet, user_id=None)).is_verified
    assert not show(replace(personal_packet, facts={"verified": False})).is_verified
