"""The wallet and the desk that both systems talk to, with ports, databases and folders of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.stack.processes import Stack

_AS_IN_THE_PRODUCT = {"HOTLINE_DELIVERY_SECONDS": "5"}
# The same for both: nothing is fetched or reported, and no library fills the logs.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


class Surroundings(Stack):
    """One wallet, one desk; ``folder`` is made anew."""

    def __init__(self, folder: Path, models: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        super().__init__(folder)
        self.settings |= {**_AS_IN_THE_PRODUCT, **QUIET, "HOTLINE_MODELS_FOLDER": str(models)}

    def start_both(self) -> None:
        """Seed the demo users, start wallet and desk. Raises SystemExit with what is wrong."""
        self.logs.mkdir(parents=True)
        try:
            self.run("wallet", "migrate")
            self.run("wallet", "seed")
        except AssertionError as error:
            what, *_, why = str(error).strip().splitlines()
            raise SystemExit(f"{what} {why}") from error
        self.start("wallet")
        self.start("desk")
