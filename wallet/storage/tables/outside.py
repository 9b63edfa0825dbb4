"""What the simulated outside holds against what users say: the register of residents, and the banks of their cards.

No foreign keys to the wallet's own tables: at a real wallet these are elsewhere.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, String, Table

from wallet.storage.tables.columns import metadata

register_entries = Table(
    "register_entries",
    metadata,
    Column("number_fingerprint", String(64), primary_key=True),
    Column("name_fingerprint", String(64), nullable=False),
)

# Cards as they were given out, bound or not; issuer_cards has the bound ones.
issued_cards = Table(
    "issued_cards",
    metadata,
    Column("number_fingerprint", String(64), primary_key=True),
    Column("expires", Date, nullable=False),
    Column("phone", String(32), nullable=False),
)
