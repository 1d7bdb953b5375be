"""Everything around the services: running them here, sample data, the terminal client."""
