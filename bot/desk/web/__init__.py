"""The desk in a browser: its frame, its pages about agents and their doings, and what guards them."""
