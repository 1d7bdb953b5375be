"""Analyses of one's own: read, validated by line, stored all or none (docs/import.md)."""
