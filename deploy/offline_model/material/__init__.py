"""What a request holds to answer from: the block of the page, results of look-ups, whom the question names."""
