"""Demonstration data: believable conversations, made of the project's own words, for a desk that has no past yet."""
