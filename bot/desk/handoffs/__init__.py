"""Hand-offs: conversations that the bot gave to people, from the queue to the end."""
