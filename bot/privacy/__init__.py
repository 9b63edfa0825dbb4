"""Secrets that users type into a conversation, and how they are cut out before anything keeps or reads them."""
