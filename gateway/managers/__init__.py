"""Which sockets are here, by session, and each one's bounded way out. Knows no Redis."""
