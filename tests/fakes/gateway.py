"""A gateway without HTTP: a wallet, a desk, and an outbox in a test's own folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

from actions.gateway.gateway import Gateway
from actions.gateway.outbox import HandoffOutbox
from tests.fakes.desk import FakeDesk
from tests.fakes.wallet import FakeWallet


def gateway_of(wallet: FakeWallet | None = None, desk: FakeDesk | None = None, folder: Path | None = None) -> Gateway:
    """The gateway to these; nothing is delivered in the background."""
    desk = desk or FakeDesk()
    outbox = HandoffOutbox(folder or Path(tempfile.gettempdir()) / "hotline-outbox", desk, 60)
    return Gateway(wallet or FakeWallet(), desk, outbox, ())
