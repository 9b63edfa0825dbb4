"""Walkthroughs of each topic over a wallet without HTTP."""

from __future__ import annotations

import pytest

from actions.topics.login import LoginFailure
from actions.topics.payment import PaymentFailure
from actions.topics.topup import TopupFailure
from actions.topics.transfer import TransferFailure
from tests.fakes.conversation import Conversation
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet


@pytest.fixture
def payment_walk(wallet: FakeWallet, conversation: Conversation) -> Walk:
    return Walk(PaymentFailure(), wallet, conversation)


@pytest.fixture
def topup_walk(wallet: FakeWallet, conversation: Conversation) -> Walk:
    return Walk(TopupFailure(), wallet, conversation)


@pytest.fixture
def transfer_walk(wallet: FakeWallet, conversation: Conversation) -> Walk:
    return Walk(TransferFailure(), wallet, conversation)


@pytest.fixture
def login_walk(wallet: FakeWallet, conversation: Conversation) -> Walk:
    return Walk(LoginFailure(), wallet, conversation)


@pytest.fixture
def guest_walk(wallet: FakeWallet, guest: Conversation) -> Walk:
    """A failed payment of somebody who proved nothing."""
    return Walk(PaymentFailure(), wallet, guest)
