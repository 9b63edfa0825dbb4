"""The benchmark: the same conversations against a stock Rasa 3.6 and against this bot."""
