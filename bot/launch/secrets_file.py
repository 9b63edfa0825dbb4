"""The secrets of this machine: made at the first start, read by every process, seen by nobody else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from dotenv import dotenv_values

from bot.settings import SECRETS


def ensure_secrets(path: Path) -> None:
    """Add a random value for each secret that the file does not have yet; the file is for its owner alone."""
    known = dotenv_values(path) if path.exists() else {}
    missing = [name for name in SECRETS if not known.get(name) and not os.environ.get(name)]
    if not missing:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)  # a file that somebody made by hand may be open to others
        if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            file.write("\n")
        file.writelines(f"{name}={secrets.token_urlsafe(48)}\n" for name in missing)
