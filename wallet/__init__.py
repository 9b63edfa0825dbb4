"""A reference digital wallet: users, money, and what went wrong with either."""
