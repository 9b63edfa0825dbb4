"""What users say and what it means, as files keep it: read and written without Rasa, for the desk and for learning."""
