"""How well the bot understands: labelled lines in, figures, text and a page out. Needs neither Rasa nor a model."""
