"""A message as a mail: its headers, and that nothing in it adds another."""

from __future__ import annotations

import email
import email.policy
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.couriers.mail import address_of, compose_mail
from wallet.domain.deliveries import NotDelivered
from wallet.domain.messages import Medium, Message

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
SENDER = address_of("wallet@pay.example")
HEADERS = [
    *("To", "From", "Subject", "Message-ID", "Date", "Auto-Submitted"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
]


def message(to: str = "owner@example.com", subject: str = "重设密码", body: str = "陈先生，您好") -> Message:
    until = NOW + timedelta(minutes=30)
    return Message("msg_1", "chen", Medium.EMAIL, to, "password_reset", subject, body, None, NOW, until)


def test_a_mail_is_plain_text_with_the_headers_of_an_automatic_one() -> None:
    mail = email.message_from_bytes(bytes(compose_mail(message(), SENDER)), policy=email.policy.default)
    assert {name: str(mail[name]) for name in HEADERS[:6]} == {
        "To": "owner@example.com",
        "From": "wallet@pay.example",
        "Subject": "重设密码",
        "Message-ID": "<msg_1@pay.example>",
        "Date": "Thu, 12 Mar 2026 03:50:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == ["陈先生，您好"]


def test_every_try_makes_the_same_mail() -> None:
    assert bytes(compose_mail(message(), SENDER)) == bytes(compose_mail(message(), SENDER))


@pytest.mark.parametrize(
    "to",
    [
        "",
        "owner",
        "@example.com",
        "a@example.com, b@example.com",
        "Owner <a@example.com>",
        "a@example.com\r\nBcc: b@example.com",
        "a@exa\u202emple.com",
        "名@example.com",
    ],
)
def test_what_is_not_one_plain_address_is_refused_for_good(to: str) -> None:
    with pytest.raises(NotDelivered) as refused:
        compose_mail(message(to), SENDER)
    assert refused.value.for_good
    assert to == "" or to not in refused.value.reason


@given(to=st.text(), subject=st.text(), body=st.text())
def test_no_text_adds_a_header_or_a_recipient(to: str, subject: str, body: str) -> None:
    try:
        mail = compose_mail(message(to + "@example.com", subject, body), SENDER)
    except NotDelivered:
        return
    parsed = email.message_from_bytes(bytes(mail), policy=email.policy.default)
    assert sorted(parsed.keys()) == sorted(HEADERS)
    assert len(parsed["To"].addresses) == 1


@given(subject=st.text(), body=st.text())
def test_any_words_make_a_mail_with_these_headers_alone(subject: str, body: str) -> None:
    mail = compose_mail(message(subject=subject, body=body), SENDER)
    parsed = email.message_from_bytes(bytes(mail), policy=email.policy.default)
    assert sorted(parsed.keys()) == sorted(HEADERS)
