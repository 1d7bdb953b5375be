"""The agent worker: takes turns from the stream, answers them, publishes and stores the answers."""
