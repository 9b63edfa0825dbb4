"""What the demo plays on: the wallet, and the simulated outside whose handles only the demo turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wallet.services.wallet import Wallet
from wallet.storage.issuer import SimulatedIssuer
from wallet.storage.register import SimulatedRegister


@dataclass(frozen=True)
class Stage:
    """A wallet of development."""

    wallet: Wallet
    issuer: SimulatedIssuer
    register: SimulatedRegister

    def at(self, moment: datetime) -> Stage:
        """The same stage at another time: what is done on it happens then."""
        return replace(self, wallet=replace(self.wallet, clock=lambda: moment))
