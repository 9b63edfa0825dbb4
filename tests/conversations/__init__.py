"""Conversations as data, and what plays them."""
