"""Lines of users that the bot took wrongly: put right by leads, gathered as a review set, given out to be learned."""
