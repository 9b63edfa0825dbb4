"""What holds for the whole project: who imports whom, and that its files agree with each other."""
