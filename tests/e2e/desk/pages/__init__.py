"""The agents' pages in a real browser, beside a bot that a test leads."""
