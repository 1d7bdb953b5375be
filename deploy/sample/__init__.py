"""The sample analyses: real figures, a documented rule, the importer."""
