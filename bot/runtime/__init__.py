"""What runs Rasa in this product: custom actions inside the bot's process."""
