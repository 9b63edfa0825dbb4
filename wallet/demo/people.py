"""Makes demo users, and puts them back to how they began."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from wallet.demo.cards import deal_cards
from wallet.demo.catalogue import install_catalogue
from wallet.demo.scenarios import Person, Scenario, load_scenarios
from wallet.demo.stage import Stage
from wallet.demo.steps import perform
from wallet.domain.errors import NotFoundError
from wallet.domain.messages import Medium
from wallet.domain.users import User
from wallet.services.accounts import open_account
from wallet.services.messages import list_messages
from wallet.services.password_resets import confirm_reset, send_reset

PASSWORD = "demo-wallet-2026"  # noqa: S105 - meant to be known
# A reset refuses the password an account has, so the way back to it leads over another one.
_OTHER_PASSWORD = "demo-wallet-interim"  # noqa: S105 - never stays

# Put back among the oldest messages, so that many newer ones may come before it.
_MESSAGES_SEEN = 1000


async def make_fresh_user(stage: Stage, scenario_name: str) -> str:
    """A new user in a scenario's state, under an id of his own."""
    scenario = load_scenarios().get(scenario_name)
    if scenario is None:
        raise NotFoundError("no such scenario")
    user_id = f"{scenario_name}-{secrets.token_hex(3)}"
    phone = f"139{secrets.randbelow(10**8):08d}"
    await install_catalogue(stage)
    await make_user(stage, user_id, replace(scenario.person, phone=phone))
    await arrange(stage, scenario, user_id)
    return user_id


async def make_user(stage: Stage, user_id: str, person: Person) -> None:
    """Open an account, as long ago as the scenario says; its password is as old."""
    joined = stage.wallet.now() - timedelta(days=person.joined_days_ago)
    user = User(
        id=user_id,
        phone=person.phone,
        email=f"{user_id}@example.com",
        display_name=person.display_name,
        language=person.language,
        identity_level=person.identity_level,
        two_factor=person.two_factor,
        email_confirmed=True,
        phone_confirmed=True,
        frozen_at=None,
        closed_at=None,
        created_at=joined,
    )
    await open_account(stage.at(joined).wallet, user, PASSWORD)


async def arrange(stage: Stage, scenario: Scenario, user_id: str) -> None:
    """Bring a user into the state of a scenario by doing what he did."""
    user = await _put_back(stage, user_id, scenario.person)
    cards = await deal_cards(stage, user, scenario.cards)
    await perform(stage, user, scenario, cards, PASSWORD)


async def has_demo_password(stage: Stage, user_id: str) -> bool:
    """Whether the password everyone knows opens the account. Nothing is hashed while it was never changed."""
    async with stage.wallet.storage.reading() as unit:
        user, credential = await unit.users.get(user_id), await unit.credentials.get(user_id)
    if user is not None and credential.changed_at == user.created_at:
        return True
    return await stage.wallet.passwords.verify(credential.password_hash, PASSWORD)


async def _put_back(stage: Stage, user_id: str, person: Person) -> User:
    async with stage.wallet.storage.writing() as unit:
        await unit.users.set_frozen(user_id, None)
        # A demo user whose two-factor sign-in is on has no secret: everyone who knows the password is to get in.
        await unit.two_factors.remove(user_id)
        await unit.users.set_two_factor(user_id, person.two_factor)
        # Whoever comes next proves him with papers of his own.
        await unit.identities.release(user_id)
        await unit.users.set_identity_level(user_id, person.identity_level)
    async with stage.wallet.storage.reading() as unit:
        user, credential = await unit.users.get(user_id), await unit.credentials.get(user_id)
    if user is None:
        raise NotFoundError("no such user")
    # Also after a lock has run out: the steps to come may be dated to when it had not.
    if credential.failures > 0 or not await has_demo_password(stage, user_id):
        # At the time the account was opened, so that the password is as old again as the scenario says.
        then = stage.at(user.created_at)
        for password in (_OTHER_PASSWORD, PASSWORD):
            await confirm_reset(then.wallet, await _reset_token(then, user_id), password)
    return user


async def _reset_token(stage: Stage, user_id: str) -> str:
    await send_reset(stage.wallet, user_id, Medium.EMAIL)
    messages = await list_messages(stage.wallet, user_id, limit=_MESSAGES_SEEN)
    links = [message.link for message in messages if message.link and message.created_at == stage.wallet.now()]
    return parse_qs(urlsplit(links[0]).query)["token"][0]
