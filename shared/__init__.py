"""What would be a bug if the two services disagreed: frames, keys, scripts, tables, settings."""
