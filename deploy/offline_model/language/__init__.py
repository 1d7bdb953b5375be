"""From the letters of a question to its slots: tokens, numbers, dates, metrics, sectors, ratings, phrases."""
