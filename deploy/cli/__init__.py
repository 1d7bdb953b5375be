"""The terminal client and the other commands a person runs against a running system."""
