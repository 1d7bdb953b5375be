"""The bridges, asked by the official clients of their protocols."""
