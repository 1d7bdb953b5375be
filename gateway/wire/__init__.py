"""What goes over the socket: frames, close codes, the names of sessions."""
