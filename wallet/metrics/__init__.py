"""What is counted while the wallet runs. Labels are routes, kinds and outcomes, never a user."""
