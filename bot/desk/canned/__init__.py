"""Ready-made replies: what agents say often, in both languages, as data."""
