"""Other clients' protocols over HTTP: one port to a session, and a vocabulary for each protocol over our frames."""
