"""The steps of that history, each named after what it brought."""
