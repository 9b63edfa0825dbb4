"""Where support leads read conversations, judge them and see what the bot does not know."""
