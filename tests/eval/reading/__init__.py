"""What a text says: its numbers with units and precision, the companies it names, its directions, whether it declines."""
