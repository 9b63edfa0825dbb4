"""Letters: what the desk tells the bot of a hand-off, kept until the bot has answered."""
