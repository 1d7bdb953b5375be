"""A client of the gateway for programs in Python."""
