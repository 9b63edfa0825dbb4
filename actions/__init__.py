"""Custom actions: they ask the wallet what happened to this user and lead through the fixes."""
