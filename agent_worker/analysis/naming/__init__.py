"""Finding companies in what people write: names, tickers, typing errors, and names that are none of ours."""
