"""What was found out about the figures of an answer, and what the agent looked up for it."""
