"""Where the wallet's records are kept: tables, repositories, transactions and migrations."""
