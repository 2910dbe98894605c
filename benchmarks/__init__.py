"""Measurements that stand in the docs, each printed by one command. Stands on ``eval``."""
