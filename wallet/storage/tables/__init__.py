"""The tables, one module per noun. Importing this package makes the metadata complete."""

from wallet.storage.tables import cards, ledger, movements, offers, outside, refunds, support, users
from wallet.storage.tables.columns import metadata

__all__ = ["cards", "ledger", "metadata", "movements", "offers", "outside", "refunds", "support", "users"]
