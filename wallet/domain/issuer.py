"""How the simulated issuer answers: ISO 8583 codes from its own side of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from wallet.contract.causes import Cause, cause_of_issuer_code
from wallet.contract.money import Money
from wallet.contract.payloads import CardKind
from wallet.domain.errors import UnavailableError
from wallet.domain.movements import APPROVED

NO_SUCH_CARD = "14"
EXPIRED_CARD = "54"
LOST_CARD = "41"
STOLEN_CARD = "43"
NOT_ENOUGH_FUNDS = "51"
NO_SUCH_ORDER = "25"
UNREACHABLE = "91"


class IssuerUnreachableError(UnavailableError):
    """The issuer gave no answer. After an authorisation that means: the money may have moved or not."""

    message = "the issuer of the card cannot be reached"


class IssuerCardState(str, Enum):
    """What the issuer thinks of a card."""

    ACTIVE = "active"
    LOST = "lost"
    STOLEN = "stolen"


@dataclass(frozen=True)
class IssuerCard:
    """The issuer's side of a card. ``expires`` is that of the latest plastic, which the wallet may not know yet."""

    token: str
    kind: CardKind
    balance: Money
    state: IssuerCardState
    expires: date
    phone: str | None
    forced_code: str | None


@dataclass(frozen=True)
class IssuerOrder:
    """One authorisation as the issuer remembers it. ``final_code`` is given out from ``answers_at`` on."""

    id: str
    token: str
    amount: Money
    code: str
    final_code: str | None
    answers_at: datetime

    @property
    def holds_money(self) -> bool:
        """Whether the amount is set aside: it went through, or will once the result is out."""
        return APPROVED in (self.code, self.final_code)

    def code_at(self, now: datetime) -> str:
        """The answer to a query: the first one until the issuer knows better."""
        return self.final_code if self.final_code is not None and self.answers_at <= now else self.code


def answer(card: IssuerCard, expires_on_file: date, amount: Money, today: date) -> str:
    """The code an authorisation gets. A forced code outweighs everything but a lost or stolen card."""
    if card.state is IssuerCardState.LOST:
        return LOST_CARD
    if card.state is IssuerCardState.STOLEN:
        return STOLEN_CARD
    if card.forced_code is not None:
        return card.forced_code
    return answer_by_rule(card, expires_on_file, amount, today)


def answer_by_rule(card: IssuerCard, expires_on_file: date, amount: Money, today: date) -> str:
    """The code that the card's own dates and balance give."""
    if expires_on_file < today or card.expires < today:
        return EXPIRED_CARD
    if expires_on_file != card.expires:
        return NO_SUCH_CARD
    return APPROVED if amount <= card.balance else NOT_ENOUGH_FUNDS


def leaves_open(code: str) -> bool:
    """Whether a code says that the issuer does not know yet."""
    return cause_of_issuer_code(code) is Cause.RESULT_UNKNOWN
