"""Demo users, one for every way a wallet can fail. Their states come from using the wallet, not from rows."""
