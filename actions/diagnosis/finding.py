"""One finding: what went wrong with one thing, in what words it may be told, which fixes it calls for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wallet.contract.causes import Cause, cause_to_tell


@dataclass(frozen=True)
class Finding:
    """A cause found in an account.

    ``told`` names the words the user hears; for a cause that may not be told it is a decline without a reason.
    ``plan`` names the fixes in the playbook. ``values`` are what the words need: Money, aware times, dates, texts.
    """

    cause: str
    told: str
    plan: str
    subject: str | None = None
    at: datetime | None = None
    values: dict[str, Any] = field(default_factory=dict)


# A movement knows that the account was locked then, not until when: that is the sign-in's to tell.
_WORDS_OF_MOVEMENTS = {Cause.ACCOUNT_LOCKED: "account_was_locked"}


def finding_of_cause(
    cause: Cause, subject: str, at: datetime, values: dict[str, Any], plan: str | None = None
) -> Finding:
    """The finding of a movement's cause: words and fixes follow what may be told, never the cause itself."""
    told = _WORDS_OF_MOVEMENTS.get(cause) or cause_to_tell(cause).value
    return Finding(cause.value, told, plan or told, subject, at, values)
