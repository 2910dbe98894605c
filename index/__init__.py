"""Finds the passages that answer: encoder, store, lexical search, ranker. Knows vectors."""
