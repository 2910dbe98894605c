"""Asks the assistant a question set and scores what comes back. Stands on ``assistant``."""
