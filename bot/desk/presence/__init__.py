"""Presence: which agents are on duty."""
