"""Tokens and their keys, rates and caps, response headers."""
