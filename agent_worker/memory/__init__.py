"""The conversation so far, as messages for a model."""
