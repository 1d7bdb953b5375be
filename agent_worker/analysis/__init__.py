"""The analysis on the reader's page, as a quoted block for a model."""
