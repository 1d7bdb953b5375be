"""What a turn publishes, in order, under its fence; the steps of all turns in one pipeline."""
