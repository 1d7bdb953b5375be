"""Gemini: requests that the stock client builds, a stream that is read here, and all words that only Gemini says."""
