"""The conversation store: one record of what user, bot and person said and of what the bot did."""
