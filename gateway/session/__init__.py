"""One socket from its handshake to its end: who it is, what it missed, what it asks."""
