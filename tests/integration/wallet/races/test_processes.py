"""The same between two ``wallet serve``: processes that share nothing but a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.wallet.books import issuer_balance
from tests.integration.wallet.house import House
from tests.integration.wallet.races.course import Course, outcomes
from tests.integration.wallet.wallet_process import WalletProcess
from wallet.domain.currency import yuan

TEN = range(10)


@pytest.fixture
async def processes(
    house: House, tmp_path: Path, record_property: Callable[[str, object], None]
) -> AsyncIterator[Course]:
    """Both, with the database of the wallet of the test, which only prepares users and looks."""
    wallets = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        wallets.append(WalletProcess(house.settings.database_url, tmp_path / name))
        wallets[-1].environment["HOTLINE_WALLET_TOKEN_SECRET"] = house.settings.token_secret
    try:
        for wallet in wallets:
            wallet.start()
        one, other = (replace(house, url=wallet.url) for wallet in wallets)
        course = Course(one, other)
        yield course
        await course.check_books()
    finally:
        for wallet in wallets:
            wallet.kill()
    record_property("raced", course.raced)


async def test_a_balance_is_spent_once_in_whatever_way_and_process(processes: Course) -> None:
    user, recipient = await processes.one.user(balance="1000"), await processes.one.user()
    card_id = await user.bind_card(expires="2039-05")
    here, there = processes.at_both(user)
    orders = [
        order
        for each in (here, there) * 5
        for order in (each.pay("100"), each.transfer("100", recipient.user_id), each.withdraw("100", card_id))
    ]
    answers = await processes.race(*orders)
    assert outcomes(answers) == {(201, "succeeded", None): 10, (201, "declined", "balance_too_low"): 20}
    _, sent, out = (sum(answer.body["status"] == "succeeded" for answer in answers[kind::3]) for kind in range(3))
    assert (await user.balance(), await recipient.balance()) == (0, sent * 10_000)
    assert await issuer_balance(processes.one, user.user_id) == yuan(20_000 + 100 * out)


async def test_two_who_pay_each_other_do_not_block_each_other(processes: Course) -> None:
    one, other = await processes.one.user(balance="100"), await processes.one.user(balance="100")
    (here, _), (_, there) = processes.at_both(one), processes.at_both(other)
    orders = (each for _ in TEN for each in (here.transfer("5", other.user_id), there.transfer("5", one.user_id)))
    assert outcomes(await processes.race(*orders)) == {(201, "succeeded", None): 20}
    assert (await one.balance(), await other.balance()) == (10_000, 10_000)


async def test_a_key_and_a_refund_are_taken_by_one_of_them(processes: Course) -> None:
    user = await processes.one.user(balance="100")
    users = processes.at_both(user)
    made = await processes.race(*(each.pay("100", key="one") for _ in TEN for each in users))
    assert len({answer.text for answer in made}) == 1
    payment = made[0].body["id"]
    asked = await processes.race(*(each.ask_refund(payment) for _ in TEN for each in users))
    assert Counter(answer.status for answer in asked) == {201: 1, 409: 19}
    (refund,) = (answer.body["id"] for answer in asked if answer.status == 201)
    answers = await processes.race(*(each.house.answer_refund(refund) for _ in TEN for each in users))
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 19}
    assert await user.balance() == 10_000
