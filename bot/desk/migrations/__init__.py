"""The history of the desk's schema."""
