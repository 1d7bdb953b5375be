"""What answers: a model behind one port, its chunks and its errors in words that are no provider's."""
