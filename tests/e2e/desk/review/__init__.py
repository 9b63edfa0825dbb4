"""Where leads find and read conversations, in a browser."""
