"""How messages come in and go out, and who is speaking."""
