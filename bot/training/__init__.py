"""Training: where the domain comes from and which model fits the data."""
