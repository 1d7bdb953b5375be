"""Gemini: the request the stock client builds, a fast read of its stream, its errors."""
