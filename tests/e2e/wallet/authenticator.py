"""A user's authenticator app beside the page."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pyotp

from tests.stack.wallet_app import WalletUser


@dataclass(frozen=True)
class Authenticator:
    """Shows the codes of one secret."""

    secret: str

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many steps later; the wallet takes the next one too, and none twice."""
        return pyotp.TOTP(self.secret).at(int(time.time()) + 30 * steps)

    def wrong_code(self) -> str:
        """Six digits that are the code of no step near now."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(digits for digits in (digit * 6 for digit in "01234567") if digits not in near)


def switch_on(user: WalletUser) -> tuple[Authenticator, list[str]]:
    """Switch two-step sign-in on from elsewhere; the app and the recovery codes."""
    app = Authenticator(user.as_user("POST", "/v1/two-factor", {"password": user.password})["secret"])
    return app, user.as_user("PUT", "/v1/two-factor", {"code": app.code()})["recovery_codes"]
