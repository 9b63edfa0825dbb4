"""The address of an SMTP server."""

from __future__ import annotations

import pytest

from wallet.couriers.smtp_server import Encryption, SmtpServer, read_smtp_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 587, Encryption.STARTTLS)),
        ("smtps://mail.example", SmtpServer("mail.example", 465, Encryption.IMPLICIT)),
        ("smtp://mail.example:2525?tls=none", SmtpServer("mail.example", 2525, Encryption.NONE)),
        ("smtp://mail.example?tls=implicit", SmtpServer("mail.example", 465, Encryption.IMPLICIT)),
        ("smtp://u%40x:p%3A%2F@mail.example/", SmtpServer("mail.example", 587, Encryption.STARTTLS, "u@x", "p:/")),
        ("smtp://u:p@127.0.0.1:25?tls=none", SmtpServer("127.0.0.1", 25, Encryption.NONE, "u", "p")),
    ],
)
def test_an_address_says_where_how_and_as_whom(url: str, server: SmtpServer) -> None:
    assert read_smtp_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:port",
        "smtp://mail.example/inbox",
        "smtp://mail.example?tls=maybe",
        "smtp://mail.example?tls=none&timeout=5",
        "smtps://mail.example?tls=starttls",
        "smtp://user@mail.example",
        "smtp://user:hidden@mail.example?tls=none",
        "smtp://user:hidden：more@mail.example",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_smtp_url(url)
    assert "hidden" not in str(refused.value)
    assert "example" not in str(refused.value)


def test_a_password_is_in_no_representation() -> None:
    assert "hidden" not in repr(read_smtp_url("smtp://user:hidden@mail.example"))
