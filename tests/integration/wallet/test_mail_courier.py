"""Mail handed to a real SMTP server, which takes it, refuses it, says nothing or hangs up."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.mail_server import CUT, HANG, MailServer
from tests.integration.wallet.couriers import MAIL, refusal_of
from wallet.couriers.mail import address_of
from wallet.couriers.smtp import SmtpCourier
from wallet.couriers.smtp_server import Encryption, SmtpServer

SENDER = address_of("wallet@pay.example")


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer().serving() as server:
        yield server


def courier_to(server: MailServer, seconds: float = 5.0) -> SmtpCourier:
    return SmtpCourier(SmtpServer("127.0.0.1", server.port, Encryption.NONE), SENDER, seconds=seconds)


async def test_a_mail_arrives_as_it_was_written(server: MailServer) -> None:
    await courier_to(server).carry(MAIL)
    (mail,) = server.mails
    assert server.recipients == ["owner@example.com"]
    assert (mail["Subject"], mail["Message-ID"]) == ("重设密码", "<msg_1@pay.example>")
    assert mail.get_content().splitlines() == MAIL.body.splitlines()


async def test_a_server_that_is_busy_is_asked_again_with_the_same_mail(server: MailServer) -> None:
    server.answers = ["451 later"]
    refused = await refusal_of(courier_to(server))
    assert (refused.reason, refused.for_good) == ("smtp 451 mail", False)
    await courier_to(server).carry(MAIL)
    assert [mail["Message-ID"] for mail in server.mails] == ["<msg_1@pay.example>"]


async def test_a_mail_that_is_refused_is_not_tried_again(server: MailServer) -> None:
    server.answers = ["554 no such thing for owner@example.com"]
    refused = await refusal_of(courier_to(server))
    assert (refused.reason, refused.for_good) == ("smtp 554 mail", True)


@pytest.mark.parametrize(("answer", "for_good"), [("550 nobody of that name", True), ("450 box is full", False)])
async def test_a_recipient_may_be_refused_for_good_or_for_now(server: MailServer, answer: str, for_good: bool) -> None:
    server.recipient_answer = answer
    refused = await refusal_of(courier_to(server))
    assert (refused.reason, refused.for_good) == (f"smtp {answer[:3]} recipient", for_good)


async def test_a_sender_who_is_refused_is_a_fault_of_the_settings_and_loses_no_mail(server: MailServer) -> None:
    server.sender_answer = "550 not from here"
    refused = await refusal_of(courier_to(server))
    assert (refused.reason, refused.for_good) == ("smtp 550", False)


async def test_a_server_that_says_nothing_holds_nobody_up(server: MailServer) -> None:
    server.answers = [HANG]
    refused = await asyncio.wait_for(refusal_of(courier_to(server, seconds=0.3)), 30)
    assert not refused.for_good


async def test_a_line_that_is_cut_is_tried_again(server: MailServer) -> None:
    server.answers = [CUT]
    assert not (await refusal_of(courier_to(server))).for_good


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    async with MailServer().serving() as gone:
        pass
    assert not (await refusal_of(courier_to(gone))).for_good


async def test_a_server_without_encryption_gets_no_mail_that_has_to_be_encrypted(server: MailServer) -> None:
    strict = SmtpCourier(SmtpServer("127.0.0.1", server.port, Encryption.STARTTLS, "wallet", "p@ss"), SENDER)
    assert not (await refusal_of(strict)).for_good
    assert server.signed_in == server.mails == []


async def test_over_starttls_the_wallet_signs_in_and_hands_over(tmp_path: Path) -> None:
    certificate, trust = make_certificate(tmp_path)
    async with MailServer().serving(certificate) as server:
        told = SmtpServer("127.0.0.1", server.port, Encryption.STARTTLS, "wallet", "p@ss")
        await SmtpCourier(told, SENDER, trust=trust).carry(MAIL)
        assert (server.signed_in, server.was_encrypted) == ([(b"wallet", b"p@ss")], [True])


async def test_a_server_nobody_vouches_for_is_not_told_the_password(tmp_path: Path) -> None:
    certificate, _ = make_certificate(tmp_path)
    async with MailServer().serving(certificate) as server:
        told = SmtpServer("127.0.0.1", server.port, Encryption.STARTTLS, "wallet", "p@ss")
        assert not (await refusal_of(SmtpCourier(told, SENDER))).for_good
        assert server.signed_in == []


async def test_a_wrong_password_says_nothing_of_the_mail(tmp_path: Path) -> None:
    certificate, trust = make_certificate(tmp_path)
    async with MailServer().serving(certificate) as server:
        told = SmtpServer("127.0.0.1", server.port, Encryption.STARTTLS, "wallet", "old")
        refused = await refusal_of(SmtpCourier(told, SENDER, trust=trust))
        assert (refused.reason, refused.for_good) == ("smtp 535", False)


def make_certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate of the test's own for 127.0.0.1: what the server shows, and what trusts it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
            *["-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=127.0.0.1"],
            *["-addext", "subjectAltName=IP:127.0.0.1"],
        ],
        check=True,
        capture_output=True,
    )
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(certificate, key)
    return shown, ssl.create_default_context(cafile=str(certificate))
