"""The SQL that only the gateway runs."""
