"""The sample analyses: real figures and a documented rule."""
