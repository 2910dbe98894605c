"""Understands the conversation and answers in the guidance's own words. Knows Dutch phrases."""
