"""The desk process: takes in what the bot hands over to people and keeps it until it is answered."""
