"""Wires the wallet together, without HTTP: for the server and for the command line alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from wallet.couriers.mail import address_of
from wallet.couriers.sms_webhook import SmsWebhook
from wallet.couriers.smtp import SmtpCourier
from wallet.demo.stage import Stage
from wallet.domain.calendar_days import CalendarDays, Clock
from wallet.domain.errors import UnavailableError
from wallet.metrics.metrics import Metrics
from wallet.metrics.watched_issuer import WatchedIssuer
from wallet.metrics.watched_storage import WatchedStorage
from wallet.services.passwords import Passwords, hasher_for
from wallet.services.ports import Courier, Issuer
from wallet.services.seals import Seals
from wallet.services.tokens import Tokens
from wallet.services.wallet import Wallet
from wallet.settings import Settings
from wallet.storage.database import Database
from wallet.storage.engine import open_engine
from wallet.storage.issuer import SimulatedIssuer
from wallet.storage.migrate import is_up_to_date
from wallet.storage.register import SimulatedRegister
from wallet.texts.catalogue import load_texts


@dataclass(frozen=True)
class Parts:
    """What lives as long as the process."""

    engine: Any
    database: Database
    stage: Stage
    couriers: tuple[Courier, ...]
    metrics: Metrics

    async def check(self) -> None:
        """Raise UnavailableError unless the database answers and has the present schema."""
        if not await is_up_to_date(self.engine):
            raise UnavailableError("the database has not been migrated")


def create_parts(settings: Settings, clock: Clock, hasher: PasswordHasher | None = None) -> Parts:
    """Everything wired; nothing is connected before it is used."""
    engine = open_engine(settings.database_url)
    database, days = Database(engine), CalendarDays(ZoneInfo(settings.time_zone))
    seals = Seals(settings.token_secret)
    issuer = SimulatedIssuer(engine, days, seals.fingerprint)
    register = SimulatedRegister(engine, seals.fingerprint)
    metrics = Metrics()
    wallet = Wallet(
        storage=WatchedStorage(database, metrics),
        issuer=cast("Issuer", WatchedIssuer(issuer, metrics)),
        register=register,
        passwords=Passwords(hasher or hasher_for(development=settings.is_development)),
        tokens=Tokens(settings.token_secret, settings.user_token_secret),
        seals=seals,
        texts=load_texts(),
        days=days,
        clock=clock,
        public_url=settings.public_url,
    )
    return Parts(engine, database, Stage(wallet, issuer, register), create_couriers(settings, clock), metrics)


def create_couriers(settings: Settings, clock: Clock) -> tuple[Courier, ...]:
    """Whoever the settings name to carry messages out."""
    couriers: list[Courier] = []
    if settings.smtp_server is not None:
        couriers.append(SmtpCourier(settings.smtp_server, address_of(settings.mail_sender)))
    if settings.sms_webhook_url is not None and settings.sms_webhook_secret is not None:
        couriers.append(SmsWebhook(settings.sms_webhook_url, settings.sms_webhook_secret, clock))
    return tuple(couriers)
